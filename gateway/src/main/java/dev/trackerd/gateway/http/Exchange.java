package dev.trackerd.gateway.http;

import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.route.RouteException;
import dev.trackerd.gateway.wire.AnswerBudget;
import dev.trackerd.gateway.wire.Share;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Belongs to the thread of its connection; the methods that may be
 * called on any thread say so.
 */
public final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  // Reading so many bytes takes a while: other connections of the same thread shall not wait for
  // it.
  private static final int LARGE_BODY = 64 * 1024;
  private static final long NO_TIMER = -1;

  private final HttpServerRequest request;
  private final Surroundings surroundings;
  private final Context context = Vertx.currentContext();
  private final AnswerWriter writer;
  private final String method;
  private final Share share;
  private final AccessLine access = new AccessLine();
  private RequestTarget target;
  private String id;
  private Dialect dialect;
  private boolean admitted;
  private Runnable gone;
  private long timer = NO_TIMER;
  private boolean over;
  private volatile AnswerBudget.Claim claim;

  Exchange(HttpServerRequest request, Surroundings surroundings, Dialect dialect) {
    this.request = request;
    this.surroundings = surroundings;
    this.dialect = dialect;
    this.method = request.method().name();
    this.id = HttpRequestIds.of(request.getHeader(AnswerHead.REQUEST_ID));
    this.share = Share.of(request);
    this.writer = new AnswerWriter(this);
  }

  /** Returns the request as the listener has it. */
  public HttpServerRequest request() {
    return request;
  }

  /** Returns what all exchanges share. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** Returns what runs timers on the connection's thread. */
  Vertx vertx() {
    return context.owner();
  }

  /**
   * Returns where the request goes.
   *
   * @throws HttpFailure 400 if the target is not a path
   */
  public RequestTarget target() {
    if (target == null) {
      target = RequestTarget.parse(request.uri());
    }
    return target;
  }

  /** Returns the HTTP method. */
  public String method() {
    return method;
  }

  /** Returns the first value of a header, or null if there is none. */
  public String header(CharSequence name) {
    return request.headers().get(name);
  }

  /** Returns the id that ties this exchange to the lines about it in the logs. */
  public String id() {
    return id;
  }

  /** Returns whether only the head of the answer is asked for. */
  public boolean isHead() {
    return method.equals(Methods.HEAD);
  }

  /** Returns whether the connection speaks HTTP/2. */
  public boolean isHttp2() {
    return request.version() == HttpVersion.HTTP_2;
  }

  /** Returns whether there is nobody left to answer, or no need to. */
  boolean isOver() {
    return request.response().ended() || request.response().closed();
  }

  /** Returns what the access log says of this. */
  public AccessLine access() {
    return access;
  }

  /** Takes over the id under which the service knows the request. Any thread. */
  public void rename(String received) {
    if (HttpRequestIds.isSane(received)) {
      id = received;
    }
  }

  /** Says in what dialect to answer. */
  void speak(Dialect other) {
    dialect = other;
  }

  /** Returns whether the request changes nothing (RFC 9110, 9.2.1), so that it may be repeated. */
  boolean isSafe() {
    return Methods.routed(method).equals(Methods.GET);
  }

  /**
   * Takes a place among the exchanges under way until the answer is sent or the client is gone. To
   * be called once, when the request is whole.
   *
   * @throws HttpFailure 503 if there is none
   */
  public void admit() {
    if (isOver()) {
      return;
    }
    if (!surroundings.places().take(share)) {
      throw HttpErrors.overloaded();
    }
    admitted = true;
    watch();
  }

  /** Says what to do if the client leaves before it has its answer; nothing if it has it. */
  void onGone(Runnable action) {
    if (!isOver()) {
      gone = action;
      watch();
    }
  }

  private void watch() {
    request.response().closeHandler(closed -> leave());
    request.response().exceptionHandler(reset -> leave());
  }

  private void leave() {
    Runnable action = gone;
    gone = null;
    if (action != null) {
      action.run();
    }
    ended();
  }

  /** Gives back what the exchange has taken: its answer is sent, or nobody is there to take it. */
  void ended() {
    unlimit();
    access.write(request, id);
    if (admitted) {
      admitted = false;
      surroundings.places().giveBack(share);
    }
    AnswerBudget.Claim last;
    synchronized (this) {
      over = true;
      last = claim;
    }
    if (last != null) {
      last.close();
    }
  }

  /** Returns the exchange's claim to memory for its answer. Any thread. */
  synchronized AnswerBudget.Claim claim() {
    if (claim == null) {
      claim = surroundings.budget().open(share);
      if (over) {
        claim.close();
      }
    }
    return claim;
  }

  /** Says how much memory the answer takes from now on. Any thread. */
  void hold(int bytes) {
    if (bytes > AnswerBudget.SMALL || claim != null) {
      claim().hold(bytes);
    }
  }

  /** Does something in so many milliseconds, unless {@link #unlimit} comes before. */
  void limit(long millis, Runnable late) {
    timer = vertx().setTimer(millis, fired -> late.run());
  }

  /** Returns whether there was a limit, and it was not reached. */
  boolean unlimit() {
    return timer != NO_TIMER && vertx().cancelTimer(timer);
  }

  /** Does a part of the pipeline. Whatever it throws becomes the answer. Any thread. */
  public void attempt(Runnable part) {
    try {
      part.run();
    } catch (HttpFailure e) {
      fail(e);
    } catch (RouteException e) {
      fail(HttpErrors.of(e));
    } catch (TranscodeException e) {
      fail(HttpErrors.of(e));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("Request {} failed", id, e);
      fail(HttpErrors.internal());
    }
  }

  /** Goes on with the pipeline on the connection's thread. Any thread. */
  public void resume(Runnable part) {
    // A thread of work() has the context too, and is not the connection's.
    if (Context.isOnEventLoopThread() && Vertx.currentContext() == context) {
      attempt(part);
    } else {
      context.runOnContext(now -> attempt(part));
    }
  }

  /** Goes on with the pipeline on the connection's thread, when that has done what it does now. */
  void later(Runnable part) {
    context.runOnContext(now -> attempt(part));
  }

  /** Does a part of the pipeline that reads so many bytes; on another thread if they are many. */
  public void work(int bytes, Runnable part) {
    if (bytes < LARGE_BODY) {
      attempt(part);
      return;
    }
    workInTurn(part);
  }

  /** Does a part of the pipeline that takes long, on another thread. Any thread. */
  void workInTurn(Runnable part) {
    surroundings
        .turns()
        .submit(
            share, () -> attempt(part), task -> context.executeBlocking(() -> run(task), false));
  }

  private static Void run(Runnable task) {
    task.run();
    return null;
  }

  /**
   * Answers with a failure; cuts the answer off if its head is gone, so that half an answer never
   * looks like a whole one. Any thread.
   */
  void fail(HttpFailure failure) {
    resume(
        () -> {
          if (!isOver() && request.response().headWritten()) {
            writer.cut();
          } else if (!isOver()) {
            Dialect.Failed failed = dialect.fail(failure, request.response().headers());
            send(failed.httpStatus(), failed.body());
          }
        });
  }

  /**
   * Answers with 200. Any thread.
   *
   * @param compressible whether the answer may be compressed if the client takes that. Not if it
   *     holds a secret: its length would tell of it (BREACH)
   */
  public void succeed(byte[] json, boolean compressible) {
    boolean gzip = compressible && Gzip.isWorth(json) && acceptsGzip();
    byte[] body = gzip ? Gzip.compress(json) : json;
    hold(body.length);
    resume(
        () -> {
          if (!isOver()) {
            AnswerHead.addCoding(request.response().headers(), compressible, gzip);
            send(200, body);
          }
        });
  }

  /** Answers with 200 in pieces. */
  AnswerWriter stream(boolean gzip) {
    MultiMap headers = begin(200);
    AnswerHead.addCoding(headers, true, gzip);
    dialect.describe(this, headers);
    if (request.version() == HttpVersion.HTTP_1_0) {
      // It has no chunks: the end of the connection is the end of the answer.
      HttpServerResponse response = request.response();
      response.headersEndHandler(v -> headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
      response.endHandler(ended -> request.connection().close());
    }
    UnreadBody.watch(this);
    return writer;
  }

  /** Returns whether the client takes compressed answers. */
  public boolean acceptsGzip() {
    return Gzip.isAccepted(header(HttpHeaders.ACCEPT_ENCODING));
  }

  /** Answers OPTIONS, preflights included. */
  void tellMethods(String allow) {
    MultiMap headers = begin(204);
    headers.set(HttpHeaders.ALLOW, allow);
    surroundings.cors().decoratePreflight(request.headers(), headers);
    writer.end();
    UnreadBody.watch(this);
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
    if (isHead() || body.length == 0) {
      writer.end();
    } else {
      writer.end(body);
    }
    UnreadBody.watch(this);
  }

  private void send(int httpStatus, byte[] json) {
    MultiMap headers = begin(httpStatus);
    dialect.describe(this, headers);
    headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(json.length));
    if (isHead()) {
      writer.end();
    } else {
      writer.end(json);
    }
    UnreadBody.watch(this);
  }

  private MultiMap begin(int httpStatus) {
    HttpServerResponse response = request.response().setStatusCode(httpStatus);
    AnswerHead.addCommon(response.headers(), id, surroundings.date());
    surroundings.cors().decorate(request.headers(), response.headers());
    return response.headers();
  }
}
