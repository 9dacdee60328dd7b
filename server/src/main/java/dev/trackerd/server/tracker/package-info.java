/**
 * Trackers, and the service that they share with event trackers: request checks, what updates and
 * patches make of a stored tracker, messages to values and back. Knows protobuf and the store's
 * interfaces.
 */
package dev.trackerd.server.tracker;
