package dev.trackerd.gateway.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The management page: one document, and what it loads. The document names the rest by a folder
 * that is a hash of all of it, so that browsers may keep those files for good. Only the files named
 * here are ever served. Immutable and thread-safe.
 */
final class UiAssets {

  private static final String PAGE = "index.html";
  private static final String FOLDER_MARK = "@assets@";
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASK_FIRST = "no-cache";

  // data: is for the icons in Pico's style sheet. Trusted types: lit-html makes the only policy.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types lit-html";

  private static final Map<String, String> PAGE_HEADERS =
      Map.of(
          "content-security-policy", POLICY,
          "referrer-policy", "no-referrer",
          "x-frame-options", "DENY",
          "cross-origin-opener-policy", "same-origin",
          "cross-origin-resource-policy", "same-origin",
          "permissions-policy", "camera=(), geolocation=(), microphone=()");

  private final Map<String, UiAsset> assets;

  private UiAssets(Map<String, UiAsset> assets) {
    this.assets = Map.copyOf(assets);
  }

  /**
   * Reads all files.
   *
   * @throws IllegalStateException if one is missing: the program is not packaged as it should be
   */
  public static UiAssets open() {
    Map<String, byte[]> files = new TreeMap<>();
    for (UiFile file : UiFile.all()) {
      files.put(file.path(), file.read());
    }
    String folder = Contents.hash(files);
    Map<String, UiAsset> assets = new LinkedHashMap<>();
    files.forEach((path, bytes) -> assets.put(folder + "/" + path, asset(path, bytes, FOREVER)));
    String page = new String(UiFile.own(PAGE).read(), UTF_8).replace(FOLDER_MARK, folder);
    assets.put("", asset(PAGE, page.getBytes(UTF_8), ASK_FIRST));
    return new UiAssets(assets);
  }

  /**
   * Returns a file.
   *
   * @param path what follows {@code /ui/}; empty for the page itself
   */
  public Optional<UiAsset> find(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  private static UiAsset asset(String name, byte[] bytes, String caching) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", Contents.type(name));
    headers.put("cache-control", caching);
    headers.put("etag", "W/\"" + Contents.hash(Map.of(name, bytes)) + "\"");
    headers.put("cross-origin-resource-policy", "same-origin");
    if (name.equals(PAGE)) {
      headers.putAll(PAGE_HEADERS);
    }
    return new UiAsset(headers, bytes, Contents.gzip(bytes));
  }

  /** Returns all files, the page under the empty path. */
  Map<String, UiAsset> all() {
    return assets;
  }
}
