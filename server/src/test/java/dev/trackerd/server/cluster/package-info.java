/**
 * Several servers on one PostgreSQL, each a process of its own, and what holds for all of them
 * together while one of them, or the database, is killed. Uses the programs, not their classes.
 */
package dev.trackerd.server.cluster;
