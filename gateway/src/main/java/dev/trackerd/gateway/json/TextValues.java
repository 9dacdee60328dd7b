package dev.trackerd.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text to the value of a scalar or enum field, after the JSON mapping of proto3 (protobuf.dev,
 * "ProtoJSON format"), which path variables and query parameters follow as well. Stricter in one
 * thing: the number of an enum must be known.
 */
final class TextValues {
  /** RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private static final int LONGEST_NUMBER = 1_000;
  private static final BigInteger MAX_UINT32 = BigInteger.valueOf(0xFFFF_FFFFL);
  private static final BigInteger MAX_UINT64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private TextValues() {}

  /** Returns the value of a singular {@code field} or of one of a repeated one; null if unfit. */
  static Object parse(FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case STRING -> text;
      case BYTES -> bytes(text);
      case BOOL -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
      case ENUM -> enumValue(field.getEnumType(), text);
      case INT32, SINT32, SFIXED32 -> int32(text);
      case INT64, SINT64, SFIXED64 -> int64(text);
      case UINT32, FIXED32 -> uint32(text);
      case UINT64, FIXED64 -> uint64(text);
      case FLOAT -> float32(text);
      case DOUBLE -> float64(text);
      case MESSAGE, GROUP -> null;
    };
  }

  /** Returns what a field takes, to stand after "expected". */
  static String expected(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> "a string";
      case BYTES -> "base64";
      case BOOL -> "true or false";
      case ENUM -> names(field.getEnumType());
      case INT32, SINT32, SFIXED32 -> "a whole number of 32 bits";
      case INT64, SINT64, SFIXED64 -> "a whole number of 64 bits";
      case UINT32, FIXED32 -> "a whole number of 32 bits, not negative";
      case UINT64, FIXED64 -> "a whole number of 64 bits, not negative";
      case FLOAT, DOUBLE -> "a number";
      case MESSAGE, GROUP -> "an object";
    };
  }

  private static String names(EnumDescriptor type) {
    return type.getValues().stream()
        .map(EnumValueDescriptor::getName)
        // It stands for none at all (AIP-126).
        .filter(name -> !name.endsWith("_UNSPECIFIED"))
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  private static EnumValueDescriptor enumValue(EnumDescriptor type, String text) {
    EnumValueDescriptor named = named(type, text);
    Integer number = named == null ? int32(text) : null;
    return number == null ? named : type.findValueByNumber(number);
  }

  /** By its name in any case: those who type a URL know it from flags, where it is lower. */
  private static EnumValueDescriptor named(EnumDescriptor type, String text) {
    EnumValueDescriptor exact = type.findValueByName(text);
    if (exact != null) {
      return exact;
    }
    List<EnumValueDescriptor> alike =
        type.getValues().stream().filter(v -> v.getName().equalsIgnoreCase(text)).toList();
    return alike.size() == 1 ? alike.get(0) : null;
  }

  private static Integer int32(String text) {
    Long value = int64(text);
    return value == null || value != value.intValue() ? null : (Integer) value.intValue();
  }

  private static Long int64(String text) {
    if (isShort(text)) {
      return Long.valueOf(text);
    }
    BigInteger value = whole(text);
    return value == null || value.bitLength() > 63 ? null : (Long) value.longValue();
  }

  private static Integer uint32(String text) {
    BigInteger value = whole(text);
    return isWithin(value, MAX_UINT32) ? (Integer) value.intValue() : null;
  }

  private static Long uint64(String text) {
    BigInteger value = whole(text);
    return isWithin(value, MAX_UINT64) ? (Long) value.longValue() : null;
  }

  private static boolean isWithin(BigInteger value, BigInteger max) {
    return value != null && value.signum() >= 0 && value.compareTo(max) <= 0;
  }

  /** Nearly every number there is: a fast way past the grammar and BigDecimal. */
  private static boolean isShort(String text) {
    boolean isShort = !text.isEmpty() && text.length() < 18;
    for (int i = 0; i < text.length() && isShort; i++) {
      isShort = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return isShort && (text.length() == 1 || text.charAt(0) != '0');
  }

  /** {@code 5.0} and {@code 5e2} are whole; null if the text is no number or not whole. */
  private static BigInteger whole(String text) {
    if (!isNumber(text)) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      // Before the digits are written out: 1e999999999 would fill the memory.
      boolean small = value.signum() == 0 || (long) value.precision() - value.scale() <= 20;
      return small ? value.toBigIntegerExact() : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  static boolean isNumber(String text) {
    return text.length() <= LONGEST_NUMBER && NUMBER.matcher(text).matches();
  }

  private static Float float32(String text) {
    Double value = float64(text);
    if (value == null) {
      return null;
    }
    return Float.isInfinite(value.floatValue()) && !value.isInfinite() ? null : value.floatValue();
  }

  private static Double float64(String text) {
    switch (text) {
      case "NaN":
        return Double.NaN;
      case "Infinity":
        return Double.POSITIVE_INFINITY;
      case "-Infinity":
        return Double.NEGATIVE_INFINITY;
      default:
        Double value = isNumber(text) ? Double.valueOf(text) : null;
        return value == null || value.isInfinite() ? null : value;
    }
  }

  /** Both alphabets, padded or not; never mixed. */
  private static ByteString bytes(String text) {
    boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    try {
      return ByteString.copyFrom((url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
