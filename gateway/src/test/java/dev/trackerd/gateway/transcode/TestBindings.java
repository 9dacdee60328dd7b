package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.trackerd.gateway.library.Library;
import dev.trackerd.v1.TokenProto;
import dev.trackerd.v1.TrackerProto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Bindings of the made-up library and of the real trackers, found by their rules. */
final class TestBindings {
  private static final Pattern VARIABLE = Pattern.compile("\\{([\\w.]+)");

  private TestBindings() {}

  /** Returns a method by its short name. */
  static MethodDescriptor method(String name) {
    List<FileDescriptor> files =
        List.of(Library.getDescriptor(), TrackerProto.getDescriptor(), TokenProto.getDescriptor());
    return files.stream()
        .flatMap(file -> file.getServices().stream())
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the binding of a method's first rule. */
  static HttpBinding binding(String method) {
    return binding(method, 0);
  }

  /** Returns the binding of one of a method's rules. */
  static HttpBinding binding(String method, int rule) {
    return compile(method, BindingRule.of(method(method)).get(rule));
  }

  /** Compiles a rule that stands in no proto file. */
  static HttpBinding compile(String method, BindingRule rule) {
    List<String> variables =
        VARIABLE.matcher(rule.template()).results().map((MatchResult r) -> r.group(1)).toList();
    return HttpBinding.compile(
        method(method), prototype(method(method).getInputType()), rule, variables);
  }

  private static Message prototype(Descriptor type) {
    return DynamicMessage.getDefaultInstance(type);
  }

  /** Decodes a request with a body only. */
  static Message decode(HttpBinding binding, String body) {
    return binding.decode(Map.of(), "", utf8(body));
  }

  /** Turns what a binding made into the generated class. */
  static <T> T message(Parser<T> parser, Message message) {
    try {
      return parser.parseFrom(message.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
