package dev.trackerd.server.store;

/**
 * What a backup holds that was made and checked.
 *
 * @param trackers how many, of all accounts
 * @param bytes how large its file is
 */
public record StoreBackup(long trackers, long bytes) {}
