package dev.trackerd.server.store;

/**
 * What the changes of a database cost so far, and how many wait. The counts begin when it is
 * opened.
 *
 * @param changes how many were worked off, whatever came of them
 * @param nanoseconds how long the writer was busy with them, one after the other; a commit, which
 *     many share, is not counted
 * @param waiting how many wait now, those not counted that are being worked off
 */
public record WriterLoad(long changes, long nanoseconds, int waiting) {}
