package dev.trackerd.server.store;

import java.util.regex.Pattern;

/**
 * The owner of keys and trackers.
 *
 * @param value 12 decimal digits, the form of an AWS account id
 */
public record AccountId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9]{12}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if {@code value} is not 12 decimal digits
   */
  public AccountId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("account: " + value + " (expected: 12 decimal digits)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
