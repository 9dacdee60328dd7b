package dev.trackerd.server.auth;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An HTTP request as received, as far as an AWS signature covers it. Each character of every
 * component stands for one byte of the request (ISO 8859-1), nothing decoded or normalised.
 *
 * @param method as in the request line, for example {@code POST}
 * @param path the target up to the first {@code ?}; empty means {@code /}
 * @param query the target after the first {@code ?}; empty if there is none
 * @param headers in the order received, duplicates kept apart, values with their white space and
 *     ports; over HTTP/2 {@code :authority} stands for {@code host}
 * @param bodySha256 the SHA-256 of the body's bytes as received, before any decoding: 64 lower-case
 *     hexadecimal digits
 */
public record SignedRequest(
    String method, String path, String query, List<Header> headers, String bodySha256) {

  // RFC 9110, section 5.6.2. Nothing else, or two requests could have one canonical form.
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * One header line.
   *
   * @param name in any case
   * @param value what follows the colon
   */
  public record Header(String name, String value) {
    /**
     * Checks the forms.
     *
     * @throws IllegalArgumentException naming the component that is wrong
     */
    public Header {
      if (!name.equals(":authority") && !TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException("header name (expected: a token, or :authority)");
      }
      requireBytes("value of header " + name, value);
    }

    /** Leaves the value out: it may be a credential. */
    @Override
    public String toString() {
      return "Header[" + name + "]";
    }
  }

  /**
   * Checks the forms.
   *
   * @throws IllegalArgumentException naming the component that is wrong
   */
  public SignedRequest {
    if (!TOKEN.matcher(method).matches()) {
      throw new IllegalArgumentException("method (expected: a token, such as POST)");
    }
    requireBytes("path", path);
    requireBytes("query", query);
    if (!SHA256.matcher(bodySha256).matches()) {
      throw new IllegalArgumentException(
          "body SHA-256 (expected: 64 lower-case hexadecimal digits)");
    }
    headers = List.copyOf(headers);
  }

  /** Returns the value of the first header of that name, in any case, or empty. */
  public Optional<String> first(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** Leaves query and headers out: they may hold credentials. */
  @Override
  public String toString() {
    return "SignedRequest[" + method + " " + path + "]";
  }

  private static void requireBytes(String what, String text) {
    if (text.chars().anyMatch(c -> c > 0xFF)) {
      throw new IllegalArgumentException(
          what + " (expected: one character up to U+00FF for each byte received)");
    }
  }
}
