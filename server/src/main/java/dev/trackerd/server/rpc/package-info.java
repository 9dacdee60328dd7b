/**
 * What every call passes, whichever service it is for: its context and request id, its line in the
 * access log, its account, its place, its turn and the room for its answer ({@code Admission}, with
 * the numbers in {@code CallLimits}), and the table failure to status ({@code Statuses}). Knows
 * gRPC and callers; knows none of the services, and nothing of HTTP or SQL.
 */
package dev.trackerd.server.rpc;
