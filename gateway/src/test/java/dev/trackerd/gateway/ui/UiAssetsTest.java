package dev.trackerd.gateway.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UiAssetsTest {

  private static final Pattern FOLDER = Pattern.compile("src=\"([0-9a-f]{24})/app.js\"");
  private static final Pattern REFERENCE =
      Pattern.compile("(?:from\\s*|\\b(?:href|src)=)[\"']([^\"'#$]+)[\"']");

  private final UiAssets assets = UiAssets.open();

  @Test
  void page_namesFilesByTheirHash() {
    String page = text(assets.find("").orElseThrow());
    Matcher folder = FOLDER.matcher(page);
    assertThat(folder.find()).isTrue();
    assertThat(page).doesNotContain("@assets@");
    assertThat(assets.find(folder.group(1) + "/app.js")).isPresent();
    assertThat(assets.find("app.js")).isEmpty();
  }

  @Test
  void files_findAllThatTheyImport() {
    Map<String, UiAsset> code =
        assets.all().entrySet().stream()
            .filter(file -> !file.getKey().endsWith(".css") && !file.getKey().endsWith(".svg"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(code).hasSizeGreaterThan(20);
    code.forEach(
        (path, asset) -> {
          Matcher reference = REFERENCE.matcher(text(asset));
          while (reference.find()) {
            String target = URI.create(path).resolve(reference.group(1)).toString();
            assertThat(assets.find(target)).as("%s of %s", target, path).isPresent();
          }
        });
  }

  @Test
  void files_areSmallInAll() {
    int total = assets.all().values().stream().mapToInt(asset -> asset.gzip().length).sum();
    assertThat(total).isBetween(10_000, 100 * 1024 - 1);
  }

  @Test
  void page_isAskedForAgainAndFilesAreKept() {
    assets
        .all()
        .forEach(
            (path, asset) ->
                assertThat(asset.headers().get("cache-control"))
                    .isEqualTo(
                        path.isEmpty() ? "no-cache" : "public, max-age=31536000, immutable"));
  }

  @Test
  void page_allowsNothingFromElsewhere() {
    String policy = assets.find("").orElseThrow().headers().get("content-security-policy");
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
        .doesNotContain("unsafe", "http:", "https:", "*");
  }

  private static String text(UiAsset asset) {
    return new String(asset.body(), UTF_8);
  }
}
