package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.transcode.QueryString.Parameter;
import dev.trackerd.gateway.transcode.RequestBody.Root;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bindings that share one route, told apart by what they take: the kind of the body's JSON, and
 * the REQUIRED fields (AIP-203) that only the query can fill. Immutable and thread-safe.
 */
public final class HttpBindings {

  /** The longest body of a method that says nothing else: 1 MiB. */
  public static final int MAX_BODY_BYTES = 1_048_576;

  private record Choice(HttpBinding binding, Set<FieldDescriptor> required) {
    boolean fits(List<Parameter> query) {
      return required.stream().allMatch(field -> query.stream().anyMatch(p -> p.names(field)));
    }
  }

  private final List<HttpBinding> bindings;

  /** By kind of body; those that require most come first. */
  private final Map<Root, List<Choice>> choices = new EnumMap<>(Root.class);

  private HttpBindings(List<HttpBinding> bindings) {
    this.bindings = List.copyOf(bindings);
    for (HttpBinding binding : bindings) {
      choices
          .computeIfAbsent(binding.bodyRoot(), root -> new ArrayList<>(1))
          .add(new Choice(binding, binding.requiredInQuery()));
    }
    Comparator<Choice> byRequired = Comparator.comparing(choice -> choice.required.size());
    choices.values().forEach(sharing -> sharing.sort(byRequired.reversed()));
  }

  /**
   * Groups bindings of one route.
   *
   * @param bindings at least one
   * @throws IllegalArgumentException if no request could tell them apart, or they differ in who may
   *     call them or in the longest body; names them
   */
  public static HttpBindings of(List<HttpBinding> bindings) {
    HttpBindings made = new HttpBindings(bindings);
    for (HttpBinding binding : bindings) {
      HttpBinding first = bindings.get(0);
      if (first.options().getPublic() != binding.options().getPublic()
          || first.options().getMaxBodyBytes() != binding.options().getMaxBodyBytes()) {
        throw conflict(first, binding, "must agree on public and max_body_bytes");
      }
    }
    made.choices.values().forEach(HttpBindings::checkDistinct);
    return made;
  }

  private static void checkDistinct(List<Choice> sharing) {
    for (int i = 1; i < sharing.size(); i++) {
      for (Choice other : sharing.subList(0, i)) {
        if (names(other).equals(names(sharing.get(i)))) {
          throw conflict(
              other.binding,
              sharing.get(i).binding,
              "take the same kind of body and the same REQUIRED query parameters");
        }
      }
    }
  }

  private static Set<String> names(Choice choice) {
    return choice.required.stream().map(FieldDescriptor::getName).collect(Collectors.toSet());
  }

  private static IllegalArgumentException conflict(HttpBinding a, HttpBinding b, String why) {
    return new IllegalArgumentException(
        "methods %s and %s share the route %s %s, but %s"
            .formatted(
                a.method().getFullName(),
                b.method().getFullName(),
                a.rule().httpMethod(),
                a.rule().template(),
                why));
  }

  /** Returns the bindings, in the order given. Unmodifiable. */
  public List<HttpBinding> bindings() {
    return bindings;
  }

  /** Returns whether no credential is needed. */
  public boolean isPublic() {
    return bindings.get(0).options().getPublic();
  }

  /** Returns the longest body, in bytes. */
  public int maxBodyBytes() {
    int bytes = bindings.get(0).options().getMaxBodyBytes();
    return bytes == 0 ? MAX_BODY_BYTES : bytes;
  }

  /** Returns whether any of the bindings takes a body. */
  public boolean takesBody() {
    return choices.containsKey(Root.OBJECT) || choices.containsKey(Root.ARRAY);
  }

  /**
   * Returns the binding that a request is for. Whether the request fits it, {@link
   * HttpBinding#decode} finds out.
   *
   * @param rawQuery as for {@link HttpBinding#decode}
   * @param body as for {@link HttpBinding#decode}
   * @throws TranscodeException if the body is of a kind that none of them takes, or the query had
   *     to be looked at and is malformed
   */
  public HttpBinding select(String rawQuery, byte[] body) {
    List<Choice> sharing =
        choices.size() == 1 ? choices.values().iterator().next() : choices.get(root(body));
    if (sharing == null) {
      throw new TranscodeException("", "The body must be " + expected());
    }
    Choice last = sharing.get(sharing.size() - 1);
    if (sharing.size() == 1) {
      return last.binding;
    }
    List<Parameter> query = QueryString.parse(rawQuery);
    return sharing.stream().filter(choice -> choice.fits(query)).findFirst().orElse(last).binding;
  }

  private String expected() {
    return choices.keySet().stream().map(root -> root.text).collect(Collectors.joining(" or "));
  }

  /** Only the first character decides; null if it begins neither an object nor an array. */
  private static Root root(byte[] body) {
    for (byte b : body) {
      switch (b) {
        case ' ', '\t', '\r', '\n':
          break;
        case '{':
          return Root.OBJECT;
        case '[':
          return Root.ARRAY;
        default:
          return null;
      }
    }
    return Root.NONE;
  }
}
