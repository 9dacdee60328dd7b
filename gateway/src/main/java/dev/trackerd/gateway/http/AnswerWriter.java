package dev.trackerd.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

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

  private final HttpServerResponse response;
  private final Vertx vertx;
  private final Duration stall;
  private final boolean http2;

  AnswerWriter(HttpServerResponse response, Vertx vertx, Duration stall, boolean http2) {
    this.response = response;
    this.vertx = vertx;
    this.stall = stall;
    this.http2 = http2;
  }

  /** Writes a piece and goes on when there is room for more; never if the client is gone. */
  void write(byte[] piece, Runnable next) {
    write(piece, 0, next);
  }

  private void write(byte[] piece, int from, Runnable next) {
    int to = Math.min(piece.length, from + SLICE);
    Runnable rest = to == piece.length ? next : () -> write(piece, to, next);
    response.write(slice(piece, from, to));
    if (response.writeQueueFull()) {
      awaitRoom(rest);
    } else {
      rest.run();
    }
  }

  /** Writes the last piece. */
  void end(byte[] piece) {
    if (http2 && piece.length > SLICE) {
      write(piece, this::end);
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
    long timer = http2 ? stallTimer() : NO_TIMER;
    response.drainHandler(
        drained -> {
          response.drainHandler(null);
          vertx.cancelTimer(timer);
          rest.run();
        });
  }

  private void watch(Future<Void> sent) {
    if (http2 && !sent.isComplete()) {
      long timer = stallTimer();
      sent.onComplete(done -> vertx.cancelTimer(timer));
    }
  }

  private long stallTimer() {
    long millis = stall.toMillis();
    return vertx.setTimer(millis, stalled -> response.reset(CANCEL));
  }

  private static Buffer slice(byte[] piece, int from, int to) {
    return Buffer.buffer(to - from).appendBytes(piece, from, to - from);
  }
}
