/**
 * What every SQL engine shares: the stores over {@link dev.trackerd.server.store.sql.Transactions},
 * their statements and rows, the runner of numbered migrations. Statements are those that SQLite
 * and PostgreSQL understand alike.
 *
 * <p>Knows JDBC and no driver; no {@link java.sql.SQLException} leaves this package or an engine.
 */
package dev.trackerd.server.store.sql;
