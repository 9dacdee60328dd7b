/**
 * The HTTP listener and what guards it: HTTP's strict rules, limits, time-outs, the transport. The
 * only place that knows the insides of Vert.x and Netty; knows nothing of what the requests are
 * for.
 */
package dev.trackerd.gateway.wire;
