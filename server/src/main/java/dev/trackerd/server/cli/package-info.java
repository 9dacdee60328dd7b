/**
 * The program's commands: the only package that reads flags and the environment. Hands what it read
 * to the assembly; nothing imports it.
 */
package dev.trackerd.server.cli;
