/**
 * What the server keeps, as interfaces and immutable records. Nothing here knows gRPC, protobuf,
 * HTTP or SQL; imports the JDK only.
 *
 * <p>All stores are blocking and thread-safe. The account is the first, required parameter of every
 * method that touches an account's data: there is no call that sees two accounts.
 */
package dev.trackerd.server.store;
