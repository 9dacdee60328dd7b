package dev.trackerd.server.transfer;

/**
 * What came of an import that read its file to the end.
 *
 * @param added what was added
 * @param present what was there already, just so
 * @param conflicts how many lines were not added because something else is there
 */
public record ImportResult(EntryCounts added, EntryCounts present, long conflicts) {}
