package dev.trackerd.gateway.http;

import dev.trackerd.gateway.call.GrpcCaller;

/** The service behind the gateway, and how long it is waited for. */
record Backend(GrpcCaller caller, Deadlines deadlines) {}
