/**
 * The embedded engine: one SQLite database in a data directory. Holds all that is SQLite's: how to
 * open it safely, its scripts, the one writer that commits many callers' changes together, the
 * readers, the locks between processes, the driver's native library.
 *
 * <p>Imports {@code store.sql} and the driver; nothing but the assembly imports it.
 */
package dev.trackerd.server.store.sqlite;
