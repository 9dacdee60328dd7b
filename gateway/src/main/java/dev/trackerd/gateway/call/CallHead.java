package dev.trackerd.gateway.call;

import io.grpc.Deadline;
import io.grpc.Metadata;

/**
 * What goes with a call besides its message.
 *
 * @param metadata the call's metadata; not changed by the call, but not to be shared between
 *     threads
 * @param deadline when the call ends at the latest; sent on as {@code grpc-timeout}
 */
public record CallHead(Metadata metadata, Deadline deadline) {}
