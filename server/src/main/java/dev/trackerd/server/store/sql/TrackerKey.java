package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;

/** The primary key of a tracker. */
public record TrackerKey(AccountId account, long id) {}
