package dev.trackerd.gateway.transcode;

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

  private static final Map<Descriptor, Function<String, Message>> PARSERS =
      Map.of(
          Timestamp.getDescriptor(), WellKnownTexts::timestamp,
          Duration.getDescriptor(), WellKnownTexts::duration,
          FieldMask.getDescriptor(), WellKnownTexts::fieldMask);

  private static final Map<Descriptor, String> EXPECTED =
      Map.of(
          Timestamp.getDescriptor(), "a time such as 2026-01-31T12:00:00Z",
          Duration.getDescriptor(), "a duration in seconds such as 1.5s",
          FieldMask.getDescriptor(), "field names, separated by commas");

  private WellKnownTexts() {}

  /** Returns whether a message of this type is written as a string. */
  static boolean isText(Descriptor type) {
    return PARSERS.containsKey(type);
  }

  /** Returns the scalar of a wrapper such as {@code google.protobuf.Int32Value}; null if none. */
  static FieldDescriptor wrapped(Descriptor type) {
    boolean wrapper = type.getFile().getFullName().equals("google/protobuf/wrappers.proto");
    return wrapper ? type.findFieldByName("value") : null;
  }

  /** Returns what a type that {@link #isText} takes, to stand after "expected". */
  static String expected(Descriptor type) {
    return EXPECTED.get(type);
  }

  /** Returns the message of a type that {@link #isText}; null if the text is unfit. */
  static Message parse(Descriptor type, String text) {
    return PARSERS.get(type).apply(text);
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
