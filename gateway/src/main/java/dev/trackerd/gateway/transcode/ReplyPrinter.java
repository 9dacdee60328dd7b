package dev.trackerd.gateway.transcode;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes replies of one type, or one field of them, as compact JSON. A field without presence is
 * always written ({@code "deleted":false}, {@code "trackers":[]}), unless it is annotated OPTIONAL.
 * Immutable.
 */
final class ReplyPrinter {
  private final Set<FieldDescriptor> always;
  private final JsonFormat.Printer printer;
  private final FieldDescriptor part;
  private final JsonFormat.Printer partPrinter;

  private ReplyPrinter(Set<FieldDescriptor> always, FieldDescriptor part) {
    this.always = always;
    this.printer = printer(always);
    this.part = part;
    this.partPrinter = part == null ? printer : printer(withOnly(part, always));
  }

  /**
   * Compiles a printer.
   *
   * @param responseBody the field to write, or empty for the whole reply
   * @throws IllegalArgumentException if there is no such field
   */
  static ReplyPrinter compile(Descriptor reply, String responseBody) {
    FieldDescriptor part = responseBody.isEmpty() ? null : reply.findFieldByName(responseBody);
    if (part == null && !responseBody.isEmpty()) {
      throw new IllegalArgumentException(
          "response_body " + responseBody + " is no field of the response");
    }
    Set<FieldDescriptor> always = new HashSet<>();
    collect(reply, new HashSet<>(), always);
    return new ReplyPrinter(Set.copyOf(always), part);
  }

  private static void collect(Descriptor type, Set<Descriptor> seen, Set<FieldDescriptor> always) {
    if (!seen.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (!field.hasPresence() && !HttpBinding.behaves(field, FieldBehavior.OPTIONAL)) {
        always.add(field);
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        collect(field.getMessageType(), seen, always);
      }
    }
  }

  private static Set<FieldDescriptor> withOnly(FieldDescriptor part, Set<FieldDescriptor> always) {
    Set<FieldDescriptor> only = new HashSet<>(always);
    only.removeAll(part.getContainingType().getFields());
    only.add(part);
    return only;
  }

  private static JsonFormat.Printer printer(Set<FieldDescriptor> always) {
    JsonFormat.Printer printer = JsonFormat.printer().omittingInsignificantWhitespace();
    return always.isEmpty() ? printer : printer.includingDefaultValueFields(always);
  }

  /** Returns the one field that is written; null if it is the whole reply. */
  FieldDescriptor part() {
    return part;
  }

  /** Writes the reply, or its part. */
  byte[] print(Message reply) {
    return PlainJson.utf8(part == null ? text(reply) : part(reply));
  }

  private String part(Message reply) {
    if (part.isRepeated() && part.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return part.isMapField() ? alone(reply) : "[" + items(reply, part) + "]";
    }
    return part.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? text((Message) reply.getField(part))
        : alone(reply);
  }

  /** JsonFormat writes messages only: a message with nothing but the field, cut to its value. */
  private String alone(Message reply) {
    Object value = reply.getField(part);
    String json = text(partPrinter, reply.newBuilderForType().setField(part, value).buildPartial());
    return json.substring(part.getJsonName().length() + 4, json.length() - 1);
  }

  /** Writes the messages of a repeated field, separated by commas. */
  String items(Message reply, FieldDescriptor field) {
    StringBuilder json = new StringBuilder();
    for (Object item : (List<?>) reply.getField(field)) {
      try {
        printer.appendTo((Message) item, json.append(json.isEmpty() ? "" : ","));
      } catch (IOException | IllegalArgumentException e) {
        throw unprintable(reply, e);
      }
    }
    return json.toString();
  }

  /** Returns a printer of the whole reply that does not write {@code field} when it is empty. */
  ReplyPrinter without(FieldDescriptor field) {
    Set<FieldDescriptor> others = new HashSet<>(always);
    others.remove(field);
    return new ReplyPrinter(Set.copyOf(others), null);
  }

  /** Writes a message of the reply's type, or one that it holds. */
  String text(Message message) {
    return text(printer, message);
  }

  private static String text(JsonFormat.Printer printer, Message message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw unprintable(message, e);
    }
  }

  /** Such as an Any of an unknown type, or a Timestamp beyond its range: the server's fault. */
  private static IllegalStateException unprintable(Message message, Exception cause) {
    String type = message.getDescriptorForType().getFullName();
    return new IllegalStateException("a reply of type " + type + " has no JSON form", cause);
  }
}
