package dev.trackerd.server.rpc;

import com.google.protobuf.MessageLite;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.IdempotencyStore;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A method that makes a change, once for all calls with the same key: the first is handled, the
 * others get its answer again. Thread-safe.
 *
 * @param handler makes the change, in one transaction with the key, if there is one
 * @param replay the answer to a request whose change was made, of what was kept then; changes
 *     nothing
 */
record IdempotentMethod<Q extends MessageLite, R>(
    IdempotencyStore store,
    BiFunction<Q, Optional<IdempotencyKey>, R> handler,
    BiFunction<Q, byte[], R> replay) {

  /** How calls of a method of that name are answered. */
  Function<Q, R> named(String method) {
    return request -> answer(method, request);
  }

  private R answer(String method, Q request) {
    RpcContext call = RpcContext.current();
    Optional<IdempotencyKey> key =
        call.idempotencyKey().map(value -> IdempotencyKeys.of(value, method, request));
    Optional<byte[]> kept =
        key.flatMap(known -> store.find(RpcContext.currentCaller().account(), known));
    if (kept.isPresent()) {
      call.replays();
      return replay.apply(request, kept.get());
    }
    return handler.apply(request, key);
  }
}
