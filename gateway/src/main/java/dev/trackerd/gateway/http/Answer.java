package dev.trackerd.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;

/**
 * The answer of one exchange: its head, and the forms of its body. Belongs to the connection's
 * thread.
 */
public final class Answer {

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final AnswerWriter writer;

  Answer(Exchange exchange) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.writer = new AnswerWriter(exchange);
  }

  /** Answers with 200 in pieces. */
  AnswerWriter stream(boolean gzip) {
    MultiMap headers = begin(200);
    AnswerHead.addCoding(headers, true, gzip);
    exchange.dialect().describe(exchange, headers);
    if (request.version() == HttpVersion.HTTP_1_0) {
      // It has no chunks: the end of the connection is the end of the answer.
      HttpServerResponse response = request.response();
      response.headersEndHandler(v -> headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
      response.endHandler(ended -> request.connection().close());
    }
    UnreadBody.watch(exchange);
    return writer;
  }

  /**
   * Answers OPTIONS, preflights included.
   *
   * @param allow the methods that there are, as in the {@code Allow} header
   * @param headers the header fields that pages of other origins may send, comma-separated
   */
  public void tellMethods(CharSequence allow, CharSequence headers) {
    MultiMap fields = begin(204);
    fields.set(HttpHeaders.ALLOW, allow);
    exchange.surroundings().cors().decoratePreflight(request.headers(), fields, headers);
    writer.end();
    UnreadBody.watch(exchange);
  }

  /**
   * Answers with something that is not JSON.
   *
   * @param fields header fields; they win over those that every answer has
   */
  public void sendFile(int httpStatus, Map<String, String> fields, byte[] body) {
    MultiMap headers = begin(httpStatus);
    // Not setAll: that would take away what every answer has.
    fields.forEach((name, value) -> headers.set(name, value));
    if (httpStatus != 304) {
      headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    }
    if (exchange.isHead() || body.length == 0) {
      writer.end();
    } else {
      writer.end(body);
    }
    UnreadBody.watch(exchange);
  }

  /** Cuts the answer off so that its client can't take it for a whole one. */
  void cut() {
    writer.cut();
  }

  /** Answers with a whole body in the exchange's dialect. */
  void send(int httpStatus, byte[] json) {
    MultiMap headers = begin(httpStatus);
    exchange.dialect().describe(exchange, headers);
    headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(json.length));
    if (exchange.isHead()) {
      writer.end();
    } else {
      writer.end(json);
    }
    UnreadBody.watch(exchange);
  }

  private MultiMap begin(int httpStatus) {
    HttpServerResponse response = request.response().setStatusCode(httpStatus);
    AnswerHead.addCommon(response.headers(), exchange.id(), exchange.surroundings().date());
    exchange.surroundings().cors().decorate(request.headers(), response.headers());
    return response.headers();
  }
}
