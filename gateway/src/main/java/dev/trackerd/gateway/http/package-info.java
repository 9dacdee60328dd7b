/**
 * The HTTP listener and the pipeline of a request: match, decode, call, encode, and one place where
 * failures become answers. Knows HTTP and gRPC statuses; knows nothing of any particular service.
 * The management page's files come from {@code gateway.ui}.
 */
package dev.trackerd.gateway.http;
