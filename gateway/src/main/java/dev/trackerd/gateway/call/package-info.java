/**
 * From a message to a message over a gRPC channel: deadlines, the headers that may pass, and what a
 * call came to. Knows gRPC and protobuf; knows neither HTTP nor JSON.
 */
package dev.trackerd.gateway.call;
