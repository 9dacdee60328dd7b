package dev.trackerd.gateway.ui;

import com.google.rpc.Code;
import dev.trackerd.gateway.http.AnswerHead;
import dev.trackerd.gateway.http.Exchange;
import dev.trackerd.gateway.http.HttpErrors;
import dev.trackerd.gateway.http.HttpFailure;
import dev.trackerd.gateway.http.Methods;
import dev.trackerd.gateway.http.Resource;
import dev.trackerd.gateway.v1.GatewayErrorReason;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The management page under {@code /ui/}, and the ways that lead there: {@code /ui}, and {@code /}
 * for a visitor. Needs no credential: the page asks for one.
 */
public final class UiPages implements Resource {

  private static final Set<String> METHODS = Set.of(Methods.GET);

  private static final String ROOT = "/";
  private static final String BARE = "/ui";
  private static final String FOLDER = "/ui/";
  // Relative, so that it also holds behind a proxy that puts a path in front.
  private static final Map<String, String> TO_FOLDER =
      Map.of("location", "ui/", "cache-control", "no-cache");

  // Whoever says nothing takes everything (RFC 9110, 12.5.1).
  private static final Pattern TAKES_PAGES = Pattern.compile("text/html|text/\\*|\\*/\\*");

  private final UiAssets assets = UiAssets.open();

  /**
   * Returns whether a request is for the page. {@code /} is for whatever else asks there, unless it
   * is a GET by something that takes pages.
   */
  @Override
  public boolean has(Exchange exchange) {
    String path = exchange.target().path();
    return path.equals(BARE) || path.startsWith(FOLDER) || path.equals(ROOT) && isVisit(exchange);
  }

  @Override
  public String template(Exchange exchange) {
    String path = exchange.target().path();
    return path.startsWith(FOLDER) ? FOLDER + "{file}" : path;
  }

  @Override
  public Set<String> methods() {
    return METHODS;
  }

  @Override
  public void answer(Exchange exchange, String method) {
    String path = exchange.target().path();
    if (path.startsWith(FOLDER)) {
      UiAsset asset =
          assets.find(path.substring(FOLDER.length())).orElseThrow(UiPages::fileNotFound);
      send(exchange, asset);
    } else {
      exchange.request().response().headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
      exchange.answer().sendFile(302, TO_FOLDER, new byte[0]);
    }
  }

  private static HttpFailure fileNotFound() {
    return HttpErrors.own(
        404, Code.NOT_FOUND, GatewayErrorReason.ROUTE_NOT_FOUND, "There is no such file.");
  }

  private static void send(Exchange exchange, UiAsset asset) {
    boolean known = isKnown(exchange, asset);
    boolean gzip = !known && exchange.acceptsGzip();
    AnswerHead.addCoding(exchange.request().response().headers(), true, gzip);
    if (known) {
      exchange.answer().sendFile(304, asset.headers(), new byte[0]);
    } else {
      exchange.answer().sendFile(200, asset.headers(), gzip ? asset.gzip() : asset.body());
    }
  }

  /** RFC 9110, 13.1.2: a list of tags or {@code *}, compared weakly; no tag here has a comma. */
  private static boolean isKnown(Exchange exchange, UiAsset asset) {
    String known = exchange.header(HttpHeaders.IF_NONE_MATCH);
    if (known == null) {
      return false;
    }
    for (String tag : known.split(",")) {
      String opaque = tag.strip().replaceFirst("^W/", "");
      if (opaque.equals("*") || asset.etag().equals("W/" + opaque)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVisit(Exchange exchange) {
    String accept = exchange.header(HttpHeaders.ACCEPT);
    return Methods.routed(exchange.method()).equals(Methods.GET)
        && (accept == null || TAKES_PAGES.matcher(accept).find());
  }
}
