package dev.trackerd.gateway.transcode;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.trackerd.gateway.json.Faults;
import dev.trackerd.gateway.json.JsonRules;
import dev.trackerd.gateway.json.JsonWriter;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.v1.HttpOptions;
import dev.trackerd.gateway.v1.OptionsProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One {@code google.api.http} rule compiled against its method's descriptors: an HTTP request to a
 * request message, and a reply to JSON. Immutable and thread-safe.
 *
 * <p>The body fills the request first, then the path, then the query what is left. None of them
 * overwrites another: what collides is refused with the name of the key.
 */
public final class HttpBinding {
  /** HEAD and OPTIONS are the listener's own. */
  private static final Pattern HTTP_METHOD = Pattern.compile("(?!HEAD$|OPTIONS$|CONNECT$)[A-Z-]+");

  private static final Set<String> BODILESS = Set.of("GET", "DELETE");

  private final MethodDescriptor method;
  private final BindingRule rule;
  private final Message prototype;
  private final HttpOptions options;
  private final List<PathVariable> variables;
  private final RequestBody body;
  private final RequestQuery query;
  private final CallerNames names;
  private final Optional<UpdateMask> updateMask;
  private final JsonWriter writer;
  private final FieldDescriptor part;
  private final Optional<Paging> paging;

  private HttpBinding(
      MethodDescriptor method, Message request, BindingRule rule, List<String> variables) {
    this.method = method;
    this.rule = rule;
    this.prototype = request.getDefaultInstanceForType();
    this.options = method.getOptions().getExtension(OptionsProto.http);
    this.variables =
        variables.stream().map(name -> PathVariable.of(method.getInputType(), name)).toList();
    this.body = RequestBody.compile(method.getInputType(), rule.body(), rules(options));
    this.query =
        new RequestQuery(
            method.getInputType(),
            this.variables.stream().map(PathVariable::path).collect(Collectors.toUnmodifiableSet()),
            body);
    this.names = new CallerNames(method.getInputType(), body.field());
    this.updateMask = UpdateMask.of(method.getInputType(), rule, body);
    this.writer = JsonWriter.of(method.getOutputType(), JsonRules.PROTO_JSON);
    this.part = part(method, rule);
    this.paging = Paging.compile(method, query, writer, part);
  }

  private static JsonRules rules(HttpOptions options) {
    return options.getIgnoreUnknownFields() ? JsonRules.PROTO_JSON_LENIENT : JsonRules.PROTO_JSON;
  }

  /** Returns the field that is written; null if it is the whole reply. */
  private static FieldDescriptor part(MethodDescriptor method, BindingRule rule) {
    FieldDescriptor part = method.getOutputType().findFieldByName(rule.responseBody());
    if (part == null && !rule.responseBody().isEmpty()) {
      throw new IllegalArgumentException(
          "response_body " + rule.responseBody() + " is no field of the response");
    }
    return part;
  }

  /**
   * Compiles a rule.
   *
   * @param request an instance of the request message, to make builders of
   * @param variables the field paths of the rule's template
   * @throws IllegalArgumentException if the rule does not fit the method; names both
   */
  public static HttpBinding compile(
      MethodDescriptor method, Message request, BindingRule rule, List<String> variables) {
    try {
      check(method, request, rule);
      return new HttpBinding(method, request, rule, variables);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "method " + method.getFullName() + ", rule " + rule + ": " + e.getMessage(), e);
    }
  }

  private static void check(MethodDescriptor method, Message request, BindingRule rule) {
    if (!request.getDescriptorForType().equals(method.getInputType())) {
      throw new IllegalArgumentException("the request is not a message of the method");
    }
    if (method.isClientStreaming() || method.isServerStreaming()) {
      throw new IllegalArgumentException("streaming methods can't be called over HTTP");
    }
    if (!HTTP_METHOD.matcher(rule.httpMethod()).matches()) {
      throw new IllegalArgumentException(
          "HTTP method " + rule.httpMethod() + " (expected: one in upper case, such as GET)");
    }
    if (!rule.body().isEmpty() && BODILESS.contains(rule.httpMethod())) {
      throw new IllegalArgumentException(rule.httpMethod() + " takes no body");
    }
  }

  /** Returns the RPC that the rule belongs to. */
  public MethodDescriptor method() {
    return method;
  }

  /** Returns the rule. */
  public BindingRule rule() {
    return rule;
  }

  /** Returns the method's options for the gateway; the defaults if it has none. */
  HttpOptions options() {
    return options;
  }

  /** Returns what kind of body the rule takes. */
  RequestBody.Root bodyRoot() {
    return body.root();
  }

  /** Returns the fields that a request must give in the query, because nothing else fills them. */
  Set<FieldDescriptor> requiredInQuery() {
    return method.getInputType().getFields().stream()
        .filter(field -> isRequired(field) && query.fills(field))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isRequired(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.REQUIRED);
  }

  /**
   * Makes the request message: the body, then the path, then the query for what is left. A rule
   * without body passes over the body.
   *
   * @param variables decoded values by field path; names that the rule does not have are passed
   *     over
   * @param rawQuery the query as received, without {@code ?}; empty or null if there is none
   * @param body the body; empty if there is none
   * @throws TranscodeException if any of them does not fit; tells all that does not
   */
  public Message decode(Map<String, String> variables, String rawQuery, byte[] body) {
    Message.Builder builder = prototype.newBuilderForType();
    Faults faults = new Faults();
    List<FieldDescriptor> members = new ArrayList<>();
    faults.attempt(() -> members.addAll(this.body.read(body, builder)));
    for (PathVariable variable : this.variables) {
      boolean inBody = this.body.gives(variable.path(), members);
      faults.attempt(() -> variable.fill(builder, variables.get(variable.name()), inBody));
    }
    Set<FieldPath> asked = new HashSet<>();
    faults.attempt(() -> asked.addAll(query.read(rawQuery, builder, faults)));
    faults.check();
    if (updateMask.isPresent()
        && asked.stream().noneMatch(path -> path.root() == updateMask.get().field())) {
      updateMask.get().fill(builder, members);
    }
    return builder.build();
  }

  /**
   * Returns a failure of the call as the rule's callers are told it: with their names of the fields
   * at fault, which are paths by JSON names from the root of the body, or keys of the query.
   */
  public Status toCaller(Status failure) {
    return names.in(failure);
  }

  /**
   * Returns a reply, or its part that the rule's response_body names, as compact JSON in UTF-8.
   *
   * @throws IllegalStateException if a value has no JSON form
   */
  public byte[] encode(Message reply) {
    return part == null ? writer.write(reply) : writer.write(reply, part);
  }

  /** Returns how to walk the method's pages, if it is one that has pages. */
  public Optional<Paging> paging() {
    return paging;
  }
}
