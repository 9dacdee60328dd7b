/**
 * The pipeline of a request: match, decode, call, encode, and one place where failures become
 * answers. A {@link dev.trackerd.gateway.http.Dialect} says how a request finds its RPC and how
 * answers look; that of the {@code google.api.http} rules is here. Knows HTTP and gRPC statuses;
 * knows nothing of any particular service.
 */
package dev.trackerd.gateway.http;
