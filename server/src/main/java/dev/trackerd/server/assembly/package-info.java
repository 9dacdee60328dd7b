/**
 * Puts the parts together, starts them, and takes them apart again in order. The only package that
 * knows both the services and the gateway; only the commands import it.
 */
package dev.trackerd.server.assembly;
