package dev.trackerd.gateway.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flag {@code --cors-origin}, which both programs have. */
public final class CorsOption {

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      split = ",",
      converter = OriginConverter.class,
      defaultValue = "${env:TRACKERD_CORS_ORIGIN:-}",
      description = {
        "An origin whose pages may call the HTTP API, such as https://app.example; repeatable.",
        "Default: none; variable: TRACKERD_CORS_ORIGIN (comma-separated)"
      })
  private List<String> origins;

  /** Returns the origins as browsers write them; empty turns CORS off. */
  public Set<String> origins() {
    return origins.stream()
        .filter(origin -> !origin.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Brings an origin into the form in which browsers send it (RFC 6454, 6.2). */
  static final class OriginConverter implements ITypeConverter<String> {

    private static final Pattern ORIGIN =
        Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>\\[[0-9a-f:.]+]|[a-z0-9._-]+)"
                + "(:0*(?<port>[0-9]{1,5}))?");
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

    /**
     * Returns the origin; empty for a blank text, which is no origin.
     *
     * @throws TypeConversionException if no page can have it
     */
    @Override
    public String convert(String text) {
      String lower = text.strip().toLowerCase(Locale.ROOT);
      if (lower.isEmpty()) {
        return "";
      }
      Matcher parts = ORIGIN.matcher(lower);
      if (!parts.matches()) {
        throw wrong(text);
      }
      String origin = parts.group("scheme") + "://" + parts.group("host");
      if (parts.group("port") == null) {
        return origin;
      }
      int port = Integer.parseInt(parts.group("port"));
      if (port > 65_535) {
        throw wrong(text);
      }
      boolean known = Integer.valueOf(port).equals(DEFAULT_PORTS.get(parts.group("scheme")));
      return known ? origin : origin + ":" + port;
    }

    private static TypeConversionException wrong(String text) {
      return new TypeConversionException(
          "'" + text + "' (expected: one origin, such as https://app.example, without a path)");
    }
  }
}
