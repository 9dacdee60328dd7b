/**
 * The program {@code trackerd-gateway}: the only place here that reads flags and the environment.
 * Opens the channel to the servers and hands it to the assembly.
 */
package dev.trackerd.gateway.cli;
