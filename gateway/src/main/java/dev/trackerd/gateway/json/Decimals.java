package dev.trackerd.gateway.json;

import java.math.BigDecimal;

/** Functions over numbers with a point, as JSON has them. */
final class Decimals {

  /** Whole numbers up to here are the same as a float, a double and a long. */
  private static final double WHOLE = 1 << 24;

  // As in ECMAScript (ECMA-262, "Number::toString").
  private static final double PLAIN_FROM = 1e-7;
  private static final double PLAIN_BELOW = 1e21;

  private Decimals() {}

  /** Returns the shortest digits that mean a finite number; no exponent from 1e-7 to 1e21. */
  static String of(double value) {
    return of(value, Double.toString(value));
  }

  /** Returns the same for a float, which fewer digits mean. */
  static String of(float value) {
    return of(value, Float.toString(value));
  }

  private static String of(double value, String text) {
    double size = Math.abs(value);
    if (size == 0) {
      return 1 / value < 0 ? "-0.0" : "0";
    }
    if (size <= WHOLE && value == (int) value) {
      return Integer.toString((int) value);
    }
    return size >= PLAIN_FROM && size < PLAIN_BELOW
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : text;
  }
}
