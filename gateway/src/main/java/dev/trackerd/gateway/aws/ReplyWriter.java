package dev.trackerd.gateway.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes replies of one type as JSON. Not by protobuf's own JSON form: times are plain decimal
 * numbers here, and 64-bit numbers are no strings. A field is left out if it is unset and has
 * presence or is OPTIONAL; {@code null} is never written. Immutable and thread-safe.
 */
final class ReplyWriter {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private final boolean silent;
  private final Set<FieldDescriptor> always;

  private ReplyWriter(boolean silent, Set<FieldDescriptor> always) {
    this.silent = silent;
    this.always = Set.copyOf(always);
  }

  /**
   * Compiles a writer.
   *
   * @throws IllegalArgumentException if a field has a type that the dialect does not have
   */
  static ReplyWriter of(Descriptor reply) {
    Set<FieldDescriptor> always = new HashSet<>();
    for (Descriptor type : Shapes.of(reply)) {
      for (FieldDescriptor field : type.getFields()) {
        if (!field.hasPresence() && !isOptional(field)) {
          always.add(field);
        }
      }
    }
    return new ReplyWriter(reply.getFields().isEmpty(), always);
  }

  byte[] write(Message reply) {
    if (silent) {
      return new byte[0];
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      object(json, reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void object(JsonGenerator json, Message message) throws IOException {
    json.writeStartObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (always.contains(field) || isSet(message, field)) {
        json.writeFieldName(field.getJsonName());
        if (field.isRepeated()) {
          array(json, (List<?>) message.getField(field));
        } else {
          value(json, message.getField(field));
        }
      }
    }
    json.writeEndObject();
  }

  private void array(JsonGenerator json, List<?> items) throws IOException {
    json.writeStartArray();
    for (Object item : items) {
      value(json, item);
    }
    json.writeEndArray();
  }

  private void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Message message) {
      object(json, message);
    } else if (value instanceof Double number) {
      json.writeNumber(BigDecimal.valueOf(number).stripTrailingZeros());
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else {
      json.writeString((String) value);
    }
  }

  private static boolean isSet(Message message, FieldDescriptor field) {
    return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
  }

  private static boolean isOptional(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.OPTIONAL);
  }
}
