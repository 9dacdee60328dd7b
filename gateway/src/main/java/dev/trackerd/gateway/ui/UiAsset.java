package dev.trackerd.gateway.ui;

import java.util.Map;

/**
 * One file of the page. Immutable as long as nobody writes into its arrays.
 *
 * @param headers the answer's header fields that depend on the file, by lower-case name: type,
 *     caching, entity tag, and for the page itself its security policy
 * @param body the file
 * @param gzip the file compressed (RFC 1952)
 */
public record UiAsset(Map<String, String> headers, byte[] body, byte[] gzip) {

  /** Copies the map. */
  public UiAsset {
    headers = Map.copyOf(headers);
  }

  /** Returns the entity tag (RFC 9110, 8.8.3), weak because both codings share it. */
  public String etag() {
    return headers.get("etag");
  }
}
