package dev.trackerd.gateway.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.SplittableRandom;

/** Makes messages of any type, with the values at the ends of their ranges more often than not. */
final class RandomMessages {
  private static final String PIECES = "ab \"\\/<'\n\0\u001f\u007fäß€\u2028\uffff";
  private static final double[] DOUBLES = {
    0,
    1,
    -1,
    0.1,
    1e-7,
    9.9e-8,
    1e21,
    9.99e20,
    16777216,
    16777217,
    1.7639810261234567e9,
    4.9e-324,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    0x1p63,
    1e16 + 2
  };
  private static final long[] LONGS = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53
  };

  private final SplittableRandom random;

  RandomMessages(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Fills a builder; each level of messages has fewer fields than the one above. */
  Message fill(Message.Builder builder, int depth) {
    String type = builder.getDescriptorForType().getFullName();
    if (fillWellKnown(builder, type)) {
      return builder.build();
    }
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      boolean chosen = random.nextInt(depth + 2) == 0;
      if (chosen && depth < 6 && !type(field).equals("google.protobuf.Any")) {
        fill(builder, field, depth + 1);
      }
    }
    return builder.build();
  }

  private static String type(FieldDescriptor field) {
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    return message ? field.getMessageType().getFullName() : "";
  }

  private void fill(Message.Builder builder, FieldDescriptor field, int depth) {
    if (field.isMapField()) {
      FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
      FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
      Message.Builder entry = builder.newBuilderForField(field);
      entry.setField(key, value(entry, key, depth)).setField(value, value(entry, value, depth));
      builder.addRepeatedField(field, entry.build());
    } else if (field.isRepeated()) {
      for (int count = random.nextInt(4); count > 0; count--) {
        builder.addRepeatedField(field, value(builder, field, depth));
      }
    } else {
      builder.setField(field, value(builder, field, depth));
    }
  }

  private Object value(Message.Builder holder, FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> text();
      case BOOLEAN -> random.nextBoolean();
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> (float) real();
      case DOUBLE -> real();
      case BYTE_STRING -> bytes();
      case ENUM -> constant(field.getEnumType());
      case MESSAGE -> fill(holder.newBuilderForField(field), depth);
    };
  }

  private boolean fillWellKnown(Message.Builder builder, String type) {
    switch (type) {
      case "google.protobuf.Timestamp" ->
          set(builder, random.nextLong(-62135596800L, 253402300800L), nanos());
      case "google.protobuf.Duration" -> {
        int sign = random.nextBoolean() ? 1 : -1;
        set(builder, sign * random.nextLong(0, 315576000001L), sign * nanos());
      }
      case "google.protobuf.FieldMask" -> {
        FieldDescriptor paths = builder.getDescriptorForType().findFieldByName("paths");
        builder.addRepeatedField(paths, "a_b.c").addRepeatedField(paths, "d");
      }
      case "google.protobuf.Value" -> {
        var kinds = builder.getDescriptorForType().getFields();
        FieldDescriptor kind = kinds.get(random.nextInt(kinds.size()));
        builder.setField(
            kind,
            kind.getName().equals("number_value")
                ? (Object) (double) random.nextInt(-9, 9)
                : value(builder, kind, 5));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void set(Message.Builder builder, long seconds, int nanos) {
    builder
        .setField(builder.getDescriptorForType().findFieldByName("seconds"), seconds)
        .setField(builder.getDescriptorForType().findFieldByName("nanos"), nanos);
  }

  private int nanos() {
    return new int[] {0, 1, 120_000_000, 123_456_000, 999_999_999}[random.nextInt(5)];
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      int at = random.nextInt(PIECES.length() + 1);
      text.append(at == PIECES.length() ? "😀" : PIECES.substring(at, at + 1));
    }
    return text.toString();
  }

  private ByteString bytes() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private long number() {
    return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
  }

  private double real() {
    return random.nextBoolean()
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : Float.intBitsToFloat(random.nextInt());
  }

  private Object constant(EnumDescriptor type) {
    return type.getValues().get(random.nextInt(type.getValues().size()));
  }
}
