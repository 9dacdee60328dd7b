package dev.trackerd.gateway.transcode;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.List;
import java.util.stream.Stream;

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
   * @throws IllegalArgumentException if a rule has no method and path, or an additional one has
   *     additional ones itself; names the RPC
   */
  public static List<BindingRule> of(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(AnnotationsProto.http)) {
      return List.of();
    }
    HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
    List<HttpRule> rules =
        Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream()).toList();
    rules.forEach(each -> check(method, rule, each));
    return rules.stream().map(BindingRule::of).toList();
  }

  private static void check(MethodDescriptor method, HttpRule own, HttpRule rule) {
    if (rule.getPatternCase() == HttpRule.PatternCase.PATTERN_NOT_SET) {
      throw new IllegalArgumentException(
          "method " + method.getFullName() + ": an http rule has no method and path");
    }
    if (rule != own && rule.getAdditionalBindingsCount() > 0) {
      throw new IllegalArgumentException(
          "method " + method.getFullName() + ": an additional binding has additional bindings");
    }
  }

  private static BindingRule of(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> of(rule, "GET", rule.getGet());
      case PUT -> of(rule, "PUT", rule.getPut());
      case POST -> of(rule, "POST", rule.getPost());
      case DELETE -> of(rule, "DELETE", rule.getDelete());
      case PATCH -> of(rule, "PATCH", rule.getPatch());
      case CUSTOM -> of(rule, rule.getCustom().getKind(), rule.getCustom().getPath());
      case PATTERN_NOT_SET -> throw new IllegalArgumentException("no method and path");
    };
  }

  private static BindingRule of(HttpRule rule, String httpMethod, String template) {
    return new BindingRule(httpMethod, template, rule.getBody(), rule.getResponseBody());
  }

  /** Returns the rule as text for an operator: {@code POST /v1/books body=book}. */
  @Override
  public String toString() {
    return httpMethod + " " + template + (body.isEmpty() ? "" : " body=" + body);
  }
}
