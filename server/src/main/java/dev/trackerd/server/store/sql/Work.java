package dev.trackerd.server.store.sql;

import java.sql.SQLException;

/**
 * What to do on a connection, in a transaction that the caller of it begins and ends.
 *
 * <p>It may be run again from its beginning, on another connection and another thread, when an
 * engine had to give up a transaction for reasons of its own (a serialization failure, a lost
 * connection before the commit): it must not change anything outside the database that a second run
 * would not put right.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface Work<T> {
  /** Does it; called by one thread at a time. */
  T on(Session session) throws SQLException;
}
