package dev.trackerd.server.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code Authorization} header of a signed request, taken apart.
 *
 * @param credential key id and scope, not yet taken apart
 * @param signedHeaders names separated by semicolons, as sent
 * @param signature as sent
 */
record SignatureHeader(String credential, String signedHeaders, String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /**
   * Takes the header apart. Of a part that comes twice the last one counts.
   *
   * @param dated whether the request has a date header: its lack is reported with the others
   * @throws SignatureRejectedException INCOMPLETE_SIGNATURE
   */
  static SignatureHeader parse(String header, boolean dated) {
    String value = header.strip();
    if (!(value + " ").startsWith(ALGORITHM + " ")) {
      throw unsupported(value.split(" ", 2)[0]);
    }
    Map<String, String> parts = parts(value);
    requireAll(parts, dated, value);
    return new SignatureHeader(
        parts.get("Credential"), parts.get("SignedHeaders"), parts.get("Signature"));
  }

  private static Map<String, String> parts(String value) {
    Map<String, String> parts = new HashMap<>();
    String list = value.substring(ALGORITHM.length()).strip();
    for (String part : list.isEmpty() ? new String[0] : list.split(",")) {
      String pair = part.strip();
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw SignatureRejectedException.incomplete(
            "'%s' not a valid key=value pair (missing equal-sign) in Authorization header: '%s'.",
            pair, value);
      }
      parts.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return parts;
  }

  private static void requireAll(Map<String, String> parts, boolean dated, String value) {
    StringBuilder missing = new StringBuilder();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parts.getOrDefault(name, "").isEmpty()) {
        missing.append("Authorization header requires '").append(name).append("' parameter. ");
      }
    }
    if (!dated) {
      missing.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    if (!missing.isEmpty()) {
      throw SignatureRejectedException.incomplete(missing + "Authorization=%s", value);
    }
  }

  private static SignatureRejectedException unsupported(String word) {
    // What is no AWS scheme may be a secret: a bearer token without its scheme, say.
    return SignatureRejectedException.incomplete(
        "Unsupported AWS 'algorithm': '%s' (only " + ALGORITHM + " for now). ",
        word.startsWith("AWS") ? word : "…");
  }
}
