/**
 * The HTTP listener and the pipeline of a request: match, decode, call, encode, and one place where
 * failures become answers. Knows HTTP and gRPC statuses; knows nothing of any particular service.
 */
package dev.trackerd.gateway.http;
