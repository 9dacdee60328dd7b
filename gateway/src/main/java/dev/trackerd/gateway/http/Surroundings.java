package dev.trackerd.gateway.http;

import io.vertx.core.Vertx;

/**
 * What every exchange of a listener shares.
 *
 * @param vertx for timers
 */
record Surroundings(Vertx vertx, Limits limits, Cors cors, HttpDate date) {}
