/**
 * From an HTTP method and a raw path to a target: path templates as {@code google.api.http} has
 * them, and an immutable trie of them. Knows neither protobuf nor a listener; imports the JDK only.
 */
package dev.trackerd.gateway.route;
