package dev.trackerd.gateway.call;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.Status;

/** What a unary call came to. */
public sealed interface CallOutcome {

  /** Returns the metadata that came back: headers of a reply, trailers of a failure. */
  Metadata metadata();

  /**
   * The service answered.
   *
   * @param message the answer
   * @param metadata the headers it came with
   */
  record Reply(Message message, Metadata metadata) implements CallOutcome {}

  /**
   * The call failed.
   *
   * @param status why
   * @param metadata the trailers; empty if there were none
   * @param local whether the status was made on this side: the service was not reached, did not
   *     answer in time or not with a status. Its text is then a library's and not fit to be shown
   */
  record Failure(Status status, Metadata metadata, boolean local) implements CallOutcome {}
}
