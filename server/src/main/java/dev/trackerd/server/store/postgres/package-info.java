/**
 * The stores in a PostgreSQL database, which any number of servers may share. The only package that
 * knows the driver; only the assembly imports it.
 */
package dev.trackerd.server.store.postgres;
