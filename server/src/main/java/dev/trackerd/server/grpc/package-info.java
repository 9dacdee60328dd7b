/**
 * The gRPC face of the server: thin services, request checks, messages to values and back, the
 * table failure to status ({@code Statuses}), interceptors. Knows protobuf and the store
 * interfaces; knows nothing of HTTP or SQL.
 */
package dev.trackerd.server.grpc;
