/** The stores over SQL. Knows JDBC; no {@link java.sql.SQLException} leaves this package. */
package dev.trackerd.server.store.sql;
