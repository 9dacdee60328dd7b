package dev.trackerd.gateway.aws;

import java.util.List;
import java.util.Map;

/**
 * What a signature covers besides the body.
 *
 * @param method the HTTP method
 * @param path as it stood in the request line, not decoded
 * @param query as it stood there, without {@code ?}; empty if there was none
 * @param headers names and values in the order in which they were received, repeated ones too; over
 *     HTTP/2 {@code :authority} as {@code host}
 */
public record SignedParts(
    String method, String path, String query, List<Map.Entry<String, String>> headers) {

  /** Copies the list. */
  public SignedParts {
    headers = List.copyOf(headers);
  }
}
