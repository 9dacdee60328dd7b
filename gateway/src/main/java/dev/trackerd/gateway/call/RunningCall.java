package dev.trackerd.gateway.call;

import io.grpc.ClientCall;

/** A call that was started. Thread-safe. */
public final class RunningCall {

  private final ClientCall<?, ?> call;

  RunningCall(ClientCall<?, ?> call) {
    this.call = call;
  }

  /** Ends the call now; does nothing if it has ended. Its outcome is then CANCELLED. */
  public void cancel() {
    call.cancel("the caller is gone", null);
  }
}
