package dev.trackerd.gateway.wire;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for HTTP/1.1 and HTTP/2, both without TLS. Thread-safe. */
public final class HttpListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final List<HttpWorker> workers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private HttpListener(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts to listen.
   *
   * @param bind the address, as name or number
   * @param port the port; 0 means any free one
   * @param handler given each request on the thread of its connection, malformed ones too: see
   *     {@link Refusal}
   * @throws IOException if it can't listen there; the message says where and why
   */
  public static HttpListener open(
      String bind, int port, Limits limits, Handler<HttpServerRequest> handler) throws IOException {
    // A worker per processor: each has a thread, and its connections never leave that.
    int workers = Runtime.getRuntime().availableProcessors();
    GuardedTransport transport = GuardedTransport.of(limits);
    Vertx vertx = vertx(transport, workers);
    HttpListener listener = new HttpListener(vertx);
    ListenAddress address = new ListenAddress(bind, port);
    Future<String> started =
        vertx.deployVerticle(
            () -> listener.add(new HttpWorker(address, limits, handler)),
            new DeploymentOptions().setInstances(workers));
    try {
      await(started, DRAIN);
      LOG.info("HTTP by {}", transport.name());
      return listener;
    } catch (IOException e) {
      listener.close();
      throw new IOException("can't listen on " + address + ": " + ListenFailure.reason(e), e);
    }
  }

  /** Returns the port, the real one if any free one was asked for. */
  public int port() {
    return workers.get(0).port();
  }

  /**
   * Stops to accept connections at once, lets requests that are under way end for at most 10 s, and
   * closes all connections. Idempotent. Blocks.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      await(
          Future.join(workers.stream().map(worker -> worker.shutdown(DRAIN)).toList()),
          DRAIN.multipliedBy(2));
    } catch (IOException e) {
      // What did not end in time ends now.
    }
    try {
      await(vertx.close(), DRAIN);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the listener could not be closed", e);
    }
  }

  private HttpWorker add(HttpWorker worker) {
    workers.add(worker);
    return worker;
  }

  private static Vertx vertx(GuardedTransport transport, int threads) {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(threads)
            .setWorkerPoolSize(threads)
            .setFileSystemOptions(
                // No files are served: none are to be cached in a temporary folder.
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return Vertx.builder().with(options).withTransport(transport).build();
  }

  private static void await(Future<?> future, Duration limit) throws IOException {
    try {
      future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it takes too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
