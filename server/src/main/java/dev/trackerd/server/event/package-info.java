/**
 * Event trackers, datasets and dataset groups as AWS' clients know them: checks in their words,
 * ARNs, lists. Knows protobuf and the store's interfaces.
 */
package dev.trackerd.server.event;
