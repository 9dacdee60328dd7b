/**
 * The program: reads flags and the environment, puts the parts together and takes them apart again.
 * The only package that knows both the services and the gateway; nothing imports it.
 */
package dev.trackerd.server;
