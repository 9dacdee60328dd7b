package dev.trackerd.gateway.transcode;

import java.util.List;

/** The bindings that share one route, told apart by what they take. Immutable and thread-safe. */
public final class HttpBindings {

  /** The longest body of a method that says nothing else. */
  public static final int MAX_BODY_BYTES = 1_048_576;

  private HttpBindings() {}

  /**
   * Groups bindings of one route.
   *
   * @throws IllegalArgumentException if no request could tell them apart, or they differ in who may
   *     call them or in the longest body; names them
   */
  public static HttpBindings of(List<HttpBinding> bindings) {
    throw new UnsupportedOperationException();
  }

  /** Returns the bindings, in the order given. */
  public List<HttpBinding> bindings() {
    throw new UnsupportedOperationException();
  }

  /** Returns whether no credential is needed. */
  public boolean isPublic() {
    throw new UnsupportedOperationException();
  }

  /** Returns the longest body, in bytes. */
  public int maxBodyBytes() {
    throw new UnsupportedOperationException();
  }

  /** Returns whether any of the bindings takes a body. */
  public boolean takesBody() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the binding that a request is for.
   *
   * @param rawQuery as for {@link HttpBinding#decode}
   * @param body as for {@link HttpBinding#decode}
   * @throws TranscodeException if the body is of a kind that none of them takes
   */
  public HttpBinding select(String rawQuery, byte[] body) {
    throw new UnsupportedOperationException();
  }
}
