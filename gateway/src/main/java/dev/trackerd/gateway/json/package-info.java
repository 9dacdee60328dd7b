/**
 * Between JSON and protobuf messages, by their descriptors: {@code JsonReader} takes exactly the
 * JSON that fits a type, {@code JsonWriter} makes it, both in one pass and by a plan that is
 * compiled once. {@code JsonRules} says in which dialect. Scalars as text, which paths and queries
 * hold too, are read here as well. May use protobuf and jackson-core, and knows nothing of HTTP.
 */
package dev.trackerd.gateway.json;
