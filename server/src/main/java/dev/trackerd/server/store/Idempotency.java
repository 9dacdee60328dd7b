package dev.trackerd.server.store;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a change is to be made once: under which key, and what of it is kept with the key, in the
 * change's own transaction, so that its answer can be given again. Immutable and thread-safe.
 *
 * <p>A change under a key throws {@link StoreException} about {@link
 * StoreException.Thing#IDEMPOTENCY_KEY}, and changes nothing: IN_USE if a change under the same key
 * is in flight, in whatever process, or has just been made; ALREADY_EXISTS if the key is that of
 * another request. A change that fails leaves its key free.
 *
 * @param <T> what the change comes to
 */
public final class Idempotency<T> {
  private static final Idempotency<Object> NONE = new Idempotency<>(null, done -> new byte[0]);

  private final IdempotencyKey key;
  private final Function<? super T, byte[]> answer;

  private Idempotency(IdempotencyKey key, Function<? super T, byte[]> answer) {
    this.key = key;
    this.answer = answer;
  }

  /** Under no key: made each time it is asked for. */
  @SuppressWarnings("unchecked") // Its function is never asked.
  public static <T> Idempotency<T> none() {
    return (Idempotency<T>) NONE;
  }

  /**
   * Under the key, if there is one.
   *
   * @param answer what is kept: all that the request does not say of its answer; quick, and run
   *     again if the change is
   */
  public static <T> Idempotency<T> of(
      Optional<IdempotencyKey> key, Function<? super T, byte[]> answer) {
    return key.isEmpty() ? none() : new Idempotency<>(key.get(), Objects.requireNonNull(answer));
  }

  /** The same of a change that comes to something else, of which {@code part} is what counts. */
  public <S> Idempotency<S> of(Function<? super S, ? extends T> part) {
    return of(key(), whole -> answer.apply(part.apply(whole)));
  }

  /** The key, if there is one. */
  public Optional<IdempotencyKey> key() {
    return Optional.ofNullable(key);
  }

  /** What is to be kept of what the change came to. */
  public byte[] answer(T done) {
    return answer.apply(done);
  }
}
