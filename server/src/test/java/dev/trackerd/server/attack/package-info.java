/**
 * Callers that mean harm, over real sockets against the whole program with the memory that its
 * start script gives it. Uses the program, not its classes. Each attack has a well-behaved caller
 * beside it, who must be served all the while; the figures it got are printed.
 *
 * <p>{@code -Dtrackerd.attack=heavy} runs the sizes that take longer, too.
 */
package dev.trackerd.server.attack;
