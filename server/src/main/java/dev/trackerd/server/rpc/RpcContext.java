package dev.trackerd.server.rpc;

import dev.trackerd.server.auth.Caller;
import io.grpc.Context;
import java.util.Optional;

/**
 * What the interceptors know of a call, carried in the gRPC {@link Context} from the outermost to
 * the service. Written by one of them at a time.
 */
public final class RpcContext {
  private static final Context.Key<RpcContext> KEY = Context.key("call");

  private final String requestId;
  private volatile Optional<Caller> caller = Optional.empty();
  private volatile Runnable confirmation;
  private volatile Optional<String> idempotencyKey = Optional.empty();
  private volatile boolean replayed;

  RpcContext(String requestId) {
    this.requestId = requestId;
  }

  /** The context of the call that this thread works for. */
  public static RpcContext current() {
    RpcContext call = KEY.get();
    if (call == null) {
      throw new IllegalStateException("no RpcContext: the service runs without its interceptors");
    }
    return call;
  }

  /** Who makes the call that this thread works for. */
  public static Caller currentCaller() {
    return current()
        .caller()
        .orElseThrow(() -> new IllegalStateException("no caller: AccountInterceptor is missing"));
  }

  /** Attaches this to {@code context}. */
  Context in(Context context) {
    return context.withValue(KEY, this);
  }

  /** Names the call in the log and to the caller. */
  String requestId() {
    return requestId;
  }

  /** Who calls, once the credential was verified. */
  Optional<Caller> caller() {
    return caller;
  }

  void authenticated(Caller verified) {
    caller = Optional.of(verified);
  }

  /** The key by which the caller asks for the change once, if the method takes one. */
  Optional<String> idempotencyKey() {
    return idempotencyKey;
  }

  void changesUnder(Optional<String> key) {
    idempotencyKey = key;
  }

  /** Whether the answer is that of an earlier call with the same key. */
  boolean isReplayed() {
    return replayed;
  }

  void replays() {
    replayed = true;
  }

  /** What is left to do of the verification, and may block. */
  void confirmBy(Runnable blocking) {
    confirmation = blocking;
  }

  /** Whether nothing is left to do of the verification. */
  boolean isConfirmed() {
    return confirmation == null;
  }

  /**
   * Does what is left to do of the verification; may block for the store.
   *
   * @throws RequestException TOKEN_INVALID
   */
  void confirm() {
    Runnable left = confirmation;
    if (left != null) {
      left.run();
      confirmation = null;
    }
  }
}
