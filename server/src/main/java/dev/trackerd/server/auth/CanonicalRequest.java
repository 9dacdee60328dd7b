package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.trackerd.server.store.Sha256;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request in the one form that its signature covers: the canonical request of AWS Signature
 * Version 4, for services other than S3 (the path is encoded twice). Immutable.
 */
final class CanonicalRequest {
  private final SignedRequest request;
  private final CanonicalQuery query;
  // Lower-case name to values in canonical form, in the order received.
  private final Map<String, StringBuilder> headers = new HashMap<>();

  private CanonicalRequest(SignedRequest request) {
    this.request = request;
    this.query = CanonicalQuery.parse(request.query());
  }

  static CanonicalRequest of(SignedRequest request) {
    CanonicalRequest canonical = new CanonicalRequest(request);
    for (SignedRequest.Header header : request.headers()) {
      canonical.add(header.name().toLowerCase(Locale.ROOT), header.value());
    }
    // What HTTP/2 has in place of a host header is signed by that name.
    StringBuilder authority = canonical.headers.remove(":authority");
    if (authority != null) {
      canonical.headers.putIfAbsent("host", authority);
    }
    return canonical;
  }

  CanonicalQuery query() {
    return query;
  }

  /** The names of all headers, in lower case. */
  Set<String> headerNames() {
    return headers.keySet();
  }

  /** Returns the values of that header (lower-case name) joined by commas, or {@code absent}. */
  String headerOr(String name, String absent) {
    return headers.containsKey(name) ? headers.get(name).toString() : absent;
  }

  /**
   * Returns the hash that is signed: lower-case hexadecimal SHA-256.
   *
   * @param signedHeaders names of headers that are present, separated by semicolons
   */
  String sha256(String signedHeaders) {
    return sha256Hex(text(signedHeaders));
  }

  String text(String signedHeaders) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append(path(request.path())).append('\n');
    text.append(query).append('\n');
    for (String name : signedHeaders.split(";", -1)) {
      text.append(name).append(':').append(headers.get(name)).append('\n');
    }
    text.append('\n').append(signedHeaders).append('\n').append(request.bodySha256());
    return text.toString();
  }

  /** Removes empty and dot segments, decodes nothing, encodes all but unreserved bytes. */
  static String path(String raw) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : raw.split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    boolean slash = raw.endsWith("/") && !segments.isEmpty();
    String normal = "/" + String.join("/", segments) + (slash ? "/" : "");
    StringBuilder encoded = new StringBuilder(normal.length() + 16);
    for (char c : normal.toCharArray()) {
      if (c == '/') {
        encoded.append(c);
      } else {
        CanonicalQuery.encode(c, encoded);
      }
    }
    return encoded.toString();
  }

  private void add(String name, String value) {
    StringBuilder values = headers.get(name);
    if (values == null) {
      values = new StringBuilder(value.length());
      headers.put(name, values);
    } else {
      values.append(',');
    }
    collapse(value, values);
  }

  /** Trims, and makes each run of white space one space; lines that were folded become one. */
  private static void collapse(String value, StringBuilder to) {
    int start = to.length();
    boolean gap = false;
    for (char c : value.toCharArray()) {
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        gap = true;
      } else {
        if (gap && to.length() > start) {
          to.append(' ');
        }
        gap = false;
        to.append(c);
      }
    }
  }

  private static String sha256Hex(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.getBytes(ISO_8859_1)));
  }
}
