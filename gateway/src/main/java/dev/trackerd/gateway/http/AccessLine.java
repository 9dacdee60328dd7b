package dev.trackerd.gateway.http;

import dev.trackerd.gateway.call.CallOutcome;
import dev.trackerd.gateway.call.ForwardedHeaders;
import dev.trackerd.gateway.wire.Refusal;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the access log says of one exchange: a line once its answer is sent, whoever made that, or
 * its client is gone. Never the path itself, which may hold anything. The setters may be called on
 * any thread.
 */
public final class AccessLine {
  private static final Logger ACCESS = LoggerFactory.getLogger("access");

  // There is no standard number for it; this is what nginx writes, and tools know.
  private static final int CLIENT_LEFT = 499;

  private final long start = System.nanoTime();
  private volatile String route;
  private volatile String rpc;
  private volatile String account;
  private volatile Status.Code status;
  private volatile Level level = Level.INFO;
  private boolean written;

  AccessLine() {}

  /** Says what template the path is of. */
  public void route(String template) {
    route = template;
  }

  /** Says what RPC the request is for. */
  public void rpc(MethodDescriptor<?, ?> method) {
    rpc = method.getFullMethodName();
  }

  /** Takes over what a call came to; of several, the last one counts. */
  void outcome(CallOutcome outcome) {
    String told = ForwardedHeaders.account(outcome.metadata());
    if (told != null) {
      account = told;
    }
    status =
        outcome instanceof CallOutcome.Failure failure
            ? failure.status().getCode()
            : Status.Code.OK;
  }

  /** Keeps the line out of the log by default: probes would fill it. */
  void lower() {
    level = Level.DEBUG;
  }

  /** Writes the line; only the first time. */
  void write(HttpServerRequest request, String requestId) {
    if (written) {
      return;
    }
    written = true;
    if (!ACCESS.isEnabledForLevel(level)) {
      return;
    }
    LoggingEventBuilder line = ACCESS.atLevel(level);
    if (Refusal.of(request).isEmpty()) {
      // Otherwise nobody knows.
      line.addKeyValue("http_method", request.method().name());
    }
    add(line, "http_route", route);
    answer(line, request.response());
    add(line, "method", rpc);
    add(line, "account", account);
    add(line, "status", status);
    line.addKeyValue("duration_us", (System.nanoTime() - start) / 1000)
        .addKeyValue("request_id", requestId)
        .log("call");
  }

  private static void answer(LoggingEventBuilder line, HttpServerResponse response) {
    int httpStatus = response.headWritten() ? response.getStatusCode() : CLIENT_LEFT;
    line.addKeyValue("http_status", httpStatus);
    if (response.headWritten() && !response.ended()) {
      line.addKeyValue("cut", true);
    }
  }

  private static void add(LoggingEventBuilder line, String key, Object value) {
    if (value != null) {
      line.addKeyValue(key, value);
    }
  }
}
