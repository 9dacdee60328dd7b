package dev.trackerd.server.auth;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * When a request says that it was signed.
 *
 * @param time in UTC, in whole seconds
 */
record SignatureDate(LocalDateTime time) {
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Pattern FORM = Pattern.compile("[0-9]{8}T[0-9]{6}Z");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

  /**
   * Parses a date such as {@code 20261120T093003Z}. White space around it is ignored.
   *
   * @throws SignatureRejectedException INCOMPLETE_SIGNATURE if it has another form or does not
   *     exist
   */
  static SignatureDate parse(String text) {
    String stamp = text.strip();
    try {
      // The formatter alone would accept more, longer years for example.
      if (FORM.matcher(stamp).matches()) {
        return new SignatureDate(LocalDateTime.parse(stamp, STAMP));
      }
    } catch (DateTimeException e) {
      // There is no such day or time: refused like any other form.
    }
    throw SignatureRejectedException.incomplete(
        "Date must be in ISO-8601 'basic format'. Got '%s'. See"
            + " http://en.wikipedia.org/wiki/ISO_8601",
        stamp);
  }

  /**
   * Checks that this is now, give or take 15 minutes.
   *
   * @throws SignatureRejectedException INVALID_SIGNATURE
   */
  void require(Instant instant) {
    // Whole seconds, like the dates: 15 minutes ago is in time until the next second begins.
    LocalDateTime now =
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    SignatureDate earliest = new SignatureDate(now.minus(WINDOW));
    SignatureDate latest = new SignatureDate(now.plus(WINDOW));
    if (time.isBefore(earliest.time)) {
      throw SignatureRejectedException.invalid(
          "Signature expired: %s is now earlier than %s (%s - 15 min.)",
          toString(), earliest.toString(), new SignatureDate(now).toString());
    }
    if (time.isAfter(latest.time)) {
      throw SignatureRejectedException.invalid(
          "Signature not yet current: %s is still later than %s (%s + 15 min.)",
          toString(), latest.toString(), new SignatureDate(now).toString());
    }
  }

  /** The day in UTC, as in a credential's scope: {@code 20261120}. */
  String day() {
    return toString().substring(0, 8);
  }

  /** The form that is sent and signed. */
  @Override
  public String toString() {
    return STAMP.format(time);
  }
}
