package dev.trackerd.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Writes the body of one answer, no faster than its client reads it. A client that stops reading is
 * cut off: over HTTP/1 by the listener, over HTTP/2, where a stream may stand still on a busy
 * connection, here. Belongs to the connection's thread.
 */
final class AnswerWriter {

  // What a client takes before it must grant more (RFC 9113, 6.9.2), nearly.
  private static final int SLICE = 32 * 1024;
  // RFC 9113, 7.
  private static final long INTERNAL_ERROR = 2;
  private static final long CANCEL = 8;
  private static final long NO_TIMER = -1;

  private final Exchange exchange;
  private final HttpServerResponse response;

  AnswerWriter(Exchange exchange) {
    this.exchange = exchange;
    this.response = exchange.request().response();
  }

  /** Writes a piece and goes on when there is room for more; never if the client is gone. */
  void write(byte[] piece, Runnable next) {
    write(piece, 0, piece.length, next);
  }

  private void write(byte[] piece, int from, int to, Runnable next) {
    int at = from;
    do {
      int length = Math.min(SLICE, to - at);
      response.write(slice(piece, at, length));
      at += length;
    } while (at < to && !response.writeQueueFull());
    int written = at;
    Runnable rest = written == to ? next : () -> write(piece, written, to, next);
    if (response.writeQueueFull()) {
      awaitRoom(rest);
    } else {
      rest.run();
    }
  }

  /** Writes the last piece. */
  void end(byte[] piece) {
    if (piece.length > SLICE) {
      int last = (piece.length - 1) / SLICE * SLICE;
      write(piece, 0, last, () -> watch(response.end(slice(piece, last, piece.length - last))));
    } else {
      watch(response.end(Buffer.buffer(piece)));
    }
  }

  /** Ends the answer. */
  void end() {
    watch(response.end());
  }

  /** Cuts the answer off so that its client can't take it for a whole one. */
  void cut() {
    response.reset(INTERNAL_ERROR);
  }

  private void awaitRoom(Runnable rest) {
    long timer = exchange.isHttp2() ? stallTimer() : NO_TIMER;
    response.drainHandler(
        drained -> {
          response.drainHandler(null);
          exchange.vertx().cancelTimer(timer);
          rest.run();
        });
  }

  private void watch(Future<Void> sent) {
    long timer = exchange.isHttp2() && !sent.isComplete() ? stallTimer() : NO_TIMER;
    sent.onComplete(
        done -> {
          exchange.vertx().cancelTimer(timer);
          exchange.ended();
        });
  }

  private long stallTimer() {
    long millis = exchange.surroundings().limits().stall().toMillis();
    return exchange.vertx().setTimer(millis, stalled -> response.reset(CANCEL));
  }

  private static Buffer slice(byte[] piece, int from, int length) {
    return Buffer.buffer(length).appendBytes(piece, from, length);
  }
}
