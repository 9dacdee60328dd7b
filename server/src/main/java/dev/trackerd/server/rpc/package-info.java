/**
 * What every call passes, whichever service it is for: its context and request id, its limits, its
 * line in the access log, its account, and the table failure to status ({@code Statuses}). Knows
 * gRPC and callers; knows none of the services, and nothing of HTTP or SQL.
 */
package dev.trackerd.server.rpc;
