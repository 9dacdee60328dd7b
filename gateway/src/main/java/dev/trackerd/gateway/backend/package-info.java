/**
 * The servers behind the gateway: where they are, which of them are well, and which one has the
 * next call. Extends gRPC's channel by its own seams, name resolver and load balancer; knows
 * nothing of what is called.
 */
package dev.trackerd.gateway.backend;
