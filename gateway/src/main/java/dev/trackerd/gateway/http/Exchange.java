package dev.trackerd.gateway.http;

import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.route.RouteException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
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

  private final HttpServerRequest request;
  private final Surroundings surroundings;
  private final Context context = Vertx.currentContext();
  private final Lease lease;
  private final Answer answer;
  private final String method;
  private final AccessLine access = new AccessLine();
  private RequestTarget target;
  private String id;
  private Dialect dialect;
  private boolean failed;
  private volatile boolean replayed;

  Exchange(HttpServerRequest request, Surroundings surroundings, Dialect dialect) {
    this.request = request;
    this.surroundings = surroundings;
    this.dialect = dialect;
    this.method = request.method().name();
    this.id = HttpRequestIds.of(request.getHeader(AnswerHead.REQUEST_ID));
    this.lease = new Lease(request, surroundings, context.owner());
    this.answer = new Answer(this);
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
   * @throws HttpFailure 400 if the target is neither a path nor a URI of this host
   */
  public RequestTarget target() {
    if (target == null) {
      target = RequestTarget.parse(request.uri(), header(HttpHeaders.HOST));
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

  /** Returns in what dialect to answer. */
  Dialect dialect() {
    return dialect;
  }

  /** Returns whether there is nobody left to answer, or no need to. */
  boolean isOver() {
    return lease.isOver();
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

  /** Takes note that the service has given the same answer before. Any thread. */
  void replayed() {
    replayed = true;
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
  void admit() {
    lease.admit(this::ended);
  }

  /**
   * Takes a place, and goes on when there is memory for what is made of a body, unless nobody is
   * there to be answered. Where that takes as long as a call may, the answer is 503.
   *
   * @throws HttpFailure 503 if there is no place
   */
  void admit(int bytes, Runnable part) {
    admit();
    if (isOver()) {
      lease.body().giveBack();
    } else if (BodyLease.isSmall(bytes)) {
      part.run();
    } else {
      long millis = surroundings.deadlines().call().toMillis();
      lease.limit(millis, () -> fail(HttpErrors.overloaded()));
      Runnable inTime =
          () -> {
            if (lease.unlimit()) {
              part.run();
            }
          };
      lease.body().await(bytes, () -> later(inTime));
    }
  }

  /** Says what to do if the client leaves before it has its answer; nothing if it has it. */
  void onGone(Runnable action) {
    lease.onGone(action, this::ended);
  }

  /** Gives back what the exchange has taken: its answer is sent, or nobody is there to take it. */
  void ended() {
    lease.end();
    access.write(request, id);
  }

  /** Returns what the exchange has taken of what all share. */
  Lease lease() {
    return lease;
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
    } catch (RuntimeException | Error e) {
      // An Error too: its client is not to wait for nothing.
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
    workInTurn(() -> lease.body().use(part));
  }

  /** Does a part of the pipeline that takes long, on another thread. Any thread. */
  void workInTurn(Runnable part) {
    surroundings
        .turns()
        .submit(
            lease.share(),
            () -> attempt(part),
            task -> context.executeBlocking(() -> run(task), false));
  }

  private static Void run(Runnable task) {
    task.run();
    return null;
  }

  /**
   * Answers with a failure; cuts the answer off if its head is gone, so that half an answer never
   * looks like a whole one, and if the failure itself can't be told. Any thread.
   */
  void fail(HttpFailure failure) {
    lease.body().giveBack();
    resume(
        () -> {
          if (!isOver() && (failed || request.response().headWritten())) {
            answer.cut();
          } else if (!isOver()) {
            failed = true;
            Dialect.Failed told = dialect.fail(failure, request.response().headers());
            answer.send(told.httpStatus(), told.body());
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
    lease.body().giveBack();
    boolean gzip = compressible && Gzip.isWorth(json) && acceptsGzip();
    byte[] body = gzip ? Gzip.compress(json) : json;
    lease.hold(body.length);
    resume(
        () -> {
          if (!isOver()) {
            if (replayed) {
              AnswerHead.addReplayed(request.response().headers());
            }
            AnswerHead.addCoding(request.response().headers(), compressible, gzip);
            answer.send(200, body);
          }
        });
  }

  /** Returns whether the client takes compressed answers. */
  public boolean acceptsGzip() {
    return Gzip.isAccepted(header(HttpHeaders.ACCEPT_ENCODING));
  }

  /** Returns the answer. Belongs to the connection's thread. */
  public Answer answer() {
    return answer;
  }
}
