package dev.trackerd.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.Timestamps;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Text to the well-known messages that ProtoJSON writes as a string, and to the wrappers of
 * scalars. The library's parsers come last: alone they take {@code 2026-02-30} for a date.
 */
final class WellKnownTexts {
  /** RFC 3339 as ProtoJSON has it: upper case, at most nanoseconds. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)");

  private static final Pattern DURATION = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,9})?s");
  private static final Pattern FIELD_MASK =
      Pattern.compile("(?:[A-Za-z]\\w*+(?:[.,](?=[A-Za-z]))?+)*+");

  private record Form(
      Function<String, Message> parse, Function<Message, String> print, String expected) {}

  /** By name, because a type that a server describes is another than the generated one. */
  private static final Map<String, Form> FORMS =
      Map.of(
          "google.protobuf.Timestamp",
          new Form(
              WellKnownTexts::timestamp,
              time -> Timestamps.toString(WellKnown.as(Timestamp.getDefaultInstance(), time)),
              "a time such as 2026-01-31T12:00:00Z"),
          "google.protobuf.Duration",
          new Form(
              WellKnownTexts::duration,
              span -> Durations.toString(WellKnown.as(Duration.getDefaultInstance(), span)),
              "a duration in seconds such as 1.5s"),
          "google.protobuf.FieldMask",
          new Form(
              WellKnownTexts::fieldMask,
              mask ->
                  FieldMaskUtil.toJsonString(WellKnown.as(FieldMask.getDefaultInstance(), mask)),
              "field names, separated by commas"));

  private WellKnownTexts() {}

  /** Returns whether a message of this type is written as a string. */
  static boolean isText(Descriptor type) {
    return FORMS.containsKey(type.getFullName());
  }

  /** Returns the scalar of a wrapper such as {@code google.protobuf.Int32Value}; null if none. */
  static FieldDescriptor wrapped(Descriptor type) {
    boolean wrapper = type.getFile().getFullName().equals("google/protobuf/wrappers.proto");
    return wrapper ? type.findFieldByName("value") : null;
  }

  /** Returns what a type that {@link #isText} takes, to stand after "expected". */
  static String expected(Descriptor type) {
    return FORMS.get(type.getFullName()).expected;
  }

  /** Returns the message of a type that {@link #isText}; null if the text is unfit. */
  static Message parse(Descriptor type, String text) {
    return FORMS.get(type.getFullName()).parse.apply(text);
  }

  /**
   * Returns the text of a message whose type {@link #isText}.
   *
   * @throws IllegalArgumentException if it is beyond its range
   */
  static String print(Message value) {
    return FORMS.get(value.getDescriptorForType().getFullName()).print.apply(value);
  }

  private static Message timestamp(String text) {
    if (!TIMESTAMP.matcher(text).matches()) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      long seconds = time.toEpochSecond();
      Timestamp value = Timestamp.newBuilder().setSeconds(seconds).setNanos(time.getNano()).build();
      return Timestamps.isValid(value) ? value : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Message duration(String text) {
    try {
      return DURATION.matcher(text).matches() ? Durations.parse(text) : null;
    } catch (ParseException e) {
      return null;
    }
  }

  private static Message fieldMask(String text) {
    return FIELD_MASK.matcher(text).matches() ? FieldMaskUtil.fromJsonString(text) : null;
  }
}
