/**
 * Moves what a store holds to another one, and looks it through: {@code trackerd export}, {@code
 * import} and {@code check}. The form of an export is that of {@code tracker/v1/export.proto}.
 *
 * <p>Knows the stores' interfaces, the messages and the checks that the services make of requests;
 * neither SQL nor the command line.
 */
package dev.trackerd.server.transfer;
