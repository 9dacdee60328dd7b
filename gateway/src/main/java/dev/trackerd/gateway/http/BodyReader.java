package dev.trackerd.gateway.http;

import dev.trackerd.gateway.wire.Arrivals;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads one request's body into memory, within its limits, and takes a place for the request when
 * it is whole. It counts as arriving until there is memory for what is made of it. Belongs to the
 * connection's thread.
 */
public final class BodyReader {

  private static final Set<String> TYPES =
      Set.of("application/json", "application/json-patch+json");

  private final Exchange exchange;
  private final int limit;
  private final Consumer<byte[]> reader;
  private ByteArrayOutputStream received = new ByteArrayOutputStream();
  private byte[] whole;
  private Arrivals.Arrival arrival;
  private long timer;
  private boolean over;

  private BodyReader(Exchange exchange, int limit, Consumer<byte[]> reader) {
    this.exchange = exchange;
    this.limit = limit;
    this.reader = reader;
  }

  /**
   * Reads a body of JSON: as {@link #read} does, and one of another type is refused (415).
   *
   * @throws HttpFailure 413 or 415, where the head tells
   */
  static void readJson(Exchange exchange, int limit, Consumer<byte[]> reader) {
    requireLength(exchange.header(HttpHeaders.CONTENT_LENGTH), limit);
    requireType(exchange.header(HttpHeaders.CONTENT_TYPE));
    read(exchange, limit, reader);
  }

  /**
   * Reads a body. A body that is too long (413), compressed (415), too slow (408) or broken (400)
   * is answered here.
   *
   * @param limit the most bytes
   * @param reader given the body once it is whole and there is memory for what is made of it; empty
   *     if there is none
   * @throws HttpFailure 413 or 415, where the head tells
   */
  public static void read(Exchange exchange, int limit, Consumer<byte[]> reader) {
    requireLength(exchange.header(HttpHeaders.CONTENT_LENGTH), limit);
    requireIdentity(exchange.header(HttpHeaders.CONTENT_ENCODING));
    BodyReader body = new BodyReader(exchange, limit, reader);
    if (UnreadBody.isAnnounced(exchange)) {
      body.start();
    } else {
      exchange.admit();
      reader.accept(new byte[0]);
    }
  }

  private static void requireLength(String length, int limit) {
    // A length that is no number does not get here; one that is too long for a long is too long.
    if (length != null && (length.length() > 18 || Long.parseLong(length) > limit)) {
      throw HttpErrors.bodyTooLarge(limit);
    }
  }

  private static void requireType(String type) {
    if (type != null) {
      int parameters = type.indexOf(';');
      String essence = parameters < 0 ? type : type.substring(0, parameters);
      if (!TYPES.contains(essence.strip().toLowerCase(Locale.ROOT))) {
        throw HttpErrors.unsupported("The Content-Type must be application/json.");
      }
    }
  }

  private static void requireIdentity(String coding) {
    if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
      throw HttpErrors.unsupported("The body must not be compressed.");
    }
  }

  private void start() {
    HttpServerRequest request = exchange.request();
    long millis = exchange.surroundings().limits().body().toMillis();
    timer = exchange.vertx().setTimer(millis, late -> refuse(HttpErrors.bodyTooSlow()));
    arrival = exchange.surroundings().arrivals().open(() -> exchange.resume(this::giveUp));
    request.handler(this::add);
    request.endHandler(ended -> end());
    request.exceptionHandler(this::broken);
    if ("100-continue".equalsIgnoreCase(exchange.header(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  private void add(Buffer piece) {
    if (over) {
      return;
    }
    if (received.size() + piece.length() > limit) {
      refuse(HttpErrors.bodyTooLarge(limit));
    } else {
      received.writeBytes(piece.getBytes());
      arrival.add(piece.length());
    }
  }

  private void end() {
    if (!over) {
      exchange.vertx().cancelTimer(timer);
      whole = received.toByteArray();
      received = null;
      exchange.lease().body().onGivenBack(this::drop);
      exchange.attempt(() -> exchange.admit(whole.length, this::handOn));
    }
  }

  private void handOn() {
    byte[] body = whole;
    if (!over) {
      finish();
      reader.accept(body);
    }
  }

  private void drop() {
    if (!over) {
      finish();
    }
  }

  private void broken(Throwable cause) {
    boolean gone = cause instanceof HttpClosedException || cause instanceof StreamResetException;
    if (gone) {
      finish();
    } else {
      refuse(HttpErrors.malformed(400, "The body is not well-formed HTTP."));
    }
  }

  private void giveUp() {
    refuse(HttpErrors.overloaded());
  }

  private void refuse(HttpFailure failure) {
    if (!over) {
      finish();
      exchange.fail(failure);
    }
  }

  private void finish() {
    over = true;
    received = null;
    whole = null;
    arrival.close();
    exchange.vertx().cancelTimer(timer);
  }
}
