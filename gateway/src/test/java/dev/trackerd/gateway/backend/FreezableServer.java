package dev.trackerd.gateway.backend;

import dev.trackerd.gateway.desk.CreateNoteRequest;
import dev.trackerd.gateway.desk.DeskServiceGrpc;
import dev.trackerd.gateway.desk.GetNoteRequest;
import dev.trackerd.gateway.desk.Note;
import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a port whose answers bear its name. Frozen, it is as one whose process was stopped:
 * its kernel takes connections and bytes, and nothing comes back. Thread-safe.
 */
final class FreezableServer extends DeskServiceGrpc.DeskServiceImplBase implements AutoCloseable {

  final String name;
  final HealthStatusManager health = new HealthStatusManager();
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();
  final Semaphore waiting = new Semaphore(0);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Runnable> held = new ArrayDeque<>();
  private final Server server;
  private final int port;
  private boolean frozen;

  private FreezableServer(String name, int port) throws IOException {
    this.name = name;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .executor(this::execute)
            .addService(this)
            .addService(health.getHealthService())
            .addTransportFilter(new Connections())
            .build()
            .start();
    this.port = server.getPort();
  }

  static FreezableServer open(String name) throws IOException {
    return open(name, 0);
  }

  static FreezableServer open(String name, int port) throws IOException {
    return new FreezableServer(name, port);
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return port;
  }

  void serves(boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
  }

  synchronized void freeze() {
    frozen = true;
  }

  synchronized void thaw() {
    frozen = false;
    held.forEach(threads::execute);
    held.clear();
  }

  private synchronized void execute(Runnable task) {
    if (frozen) {
      held.add(task);
    } else {
      threads.execute(task);
    }
  }

  /** Ends as a program does that is asked to: what is under way may end. */
  void drain() {
    server.shutdown();
  }

  /** Cuts all connections. */
  void kill() {
    server.shutdownNow();
    try {
      server.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers by its name; never, if the note's id is {@code wait}. */
  @Override
  public void getNote(GetNoteRequest request, StreamObserver<Note> reply) {
    answer(request.getNoteId(), reply);
  }

  /** As for {@link #getNote}, by the note's text. */
  @Override
  public void createNote(CreateNoteRequest request, StreamObserver<Note> reply) {
    answer(request.getNote().getText(), reply);
  }

  private void answer(String what, StreamObserver<Note> reply) {
    calls.incrementAndGet();
    if (what.equals("wait")) {
      waiting.release();
    } else if (what.equals("refuse")) {
      reply.onError(Status.UNAVAILABLE.withDescription(name + " refuses").asRuntimeException());
    } else {
      reply.onNext(Note.newBuilder().setText(name).build());
      reply.onCompleted();
    }
  }

  @Override
  public void close() {
    thaw();
    kill();
    threads.shutdownNow();
  }

  private final class Connections extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes attributes) {
      connections.incrementAndGet();
      return attributes;
    }

    @Override
    public void transportTerminated(Attributes attributes) {
      connections.decrementAndGet();
    }
  }
}
