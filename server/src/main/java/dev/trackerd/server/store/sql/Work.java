package dev.trackerd.server.store.sql;

import java.sql.SQLException;

/** What to do on a connection, in a transaction that the caller of it begins and ends. */
@FunctionalInterface
interface Work<T> {
  T on(Session session) throws SQLException;
}
