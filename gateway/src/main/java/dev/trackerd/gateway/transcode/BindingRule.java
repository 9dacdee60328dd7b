package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.List;

/**
 * One {@code google.api.http} rule, as the proto file has it.
 *
 * @param httpMethod {@code GET}, or the kind of a custom rule
 * @param template the path template
 * @param body {@code *}, a field of the request, or empty
 * @param responseBody a field of the response, or empty
 */
public record BindingRule(String httpMethod, String template, String body, String responseBody) {

  /**
   * Returns the rules of a method: its own, then its additional bindings; empty if it has none.
   *
   * @throws IllegalArgumentException if a rule names no method and path; names the RPC
   */
  public static List<BindingRule> of(MethodDescriptor method) {
    throw new UnsupportedOperationException();
  }
}
