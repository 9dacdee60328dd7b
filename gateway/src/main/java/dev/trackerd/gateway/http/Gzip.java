package dev.trackerd.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses one answer, at once or piece by piece. Not thread-safe; pieces may come from different
 * threads, one after another.
 */
final class Gzip {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final GZIPOutputStream gzip;

  Gzip() {
    try {
      gzip = new GZIPOutputStream(out, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns whether an {@code Accept-Encoding} header (RFC 9110, 12.5.3) takes gzip; null does not.
   */
  static boolean isAccepted(String header) {
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String element : header.split(",")) {
      int parameters = element.indexOf(';');
      String coding = (parameters < 0 ? element : element.substring(0, parameters)).strip();
      boolean wanted = parameters < 0 || !isZero(element.substring(parameters + 1));
      if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
        return wanted;
      }
      any |= coding.equals("*") && wanted;
    }
    return any;
  }

  private static boolean isZero(String parameter) {
    String weight = parameter.strip();
    return weight.matches("(?i)q\\s*=\\s*0(\\.0{0,3})?");
  }

  /** Returns a whole answer compressed. */
  static byte[] compress(byte[] answer) {
    return new Gzip().last(answer);
  }

  /** Returns the next piece compressed, so that its reader gets all of it. */
  byte[] next(byte[] piece) {
    try {
      gzip.write(piece);
      gzip.flush();
      return take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the last piece compressed. */
  byte[] last(byte[] piece) {
    try (gzip) {
      gzip.write(piece);
      gzip.finish();
      return take();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] take() {
    byte[] bytes = out.toByteArray();
    out.reset();
    return bytes;
  }
}
