package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One rule compiled against its method's descriptors. Immutable and thread-safe. */
public final class HttpBinding {

  private HttpBinding() {}

  /**
   * Compiles a rule.
   *
   * @param request an instance of the request message, to make builders of
   * @param variables the field paths of the rule's template
   * @throws IllegalArgumentException if the rule does not fit the method; names both
   */
  public static HttpBinding compile(
      MethodDescriptor method, Message request, BindingRule rule, List<String> variables) {
    throw new UnsupportedOperationException();
  }

  /** Returns the RPC that the rule belongs to. */
  public MethodDescriptor method() {
    throw new UnsupportedOperationException();
  }

  /** Returns the rule. */
  public BindingRule rule() {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes the request message: the body, then the path, then the query for what is left.
   *
   * @param variables decoded values by field path; names that the rule does not have are passed
   *     over
   * @param rawQuery the query as received, without {@code ?}; empty or null if there is none
   * @param body the body; empty if there is none
   * @throws TranscodeException if any of them does not fit
   */
  public Message decode(Map<String, String> variables, String rawQuery, byte[] body) {
    throw new UnsupportedOperationException();
  }

  /** Returns a reply, or its part that the rule's response_body names, as compact JSON in UTF-8. */
  public byte[] encode(Message reply) {
    throw new UnsupportedOperationException();
  }

  /** Returns how to walk the method's pages, if it is one that has pages. */
  public Optional<Paging> paging() {
    throw new UnsupportedOperationException();
  }
}
