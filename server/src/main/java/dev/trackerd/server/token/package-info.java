/**
 * The service that turns API keys and signatures into access tokens. Knows protobuf and {@code
 * auth}.
 */
package dev.trackerd.server.token;
