/**
 * What both programs write on standard error: how a line looks, and how lines get there without
 * ever holding up who logs. Knows logback; nothing here knows a request. Only the commands turn it
 * on: as a library, the gateway leaves logging to its host.
 */
package dev.trackerd.gateway.logging;
