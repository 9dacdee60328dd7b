package dev.trackerd.server.rpc;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.v1.ErrorReason;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Lets calls in, on all servers that it guards together: counts them when they come, gives them
 * places, shares and turns, and takes everything back when their streams end. Thread-safe.
 */
public final class Admission {
  /** Of the bytes of requests that may wait, one in so many may be parsed. */
  private static final int PARSED = 10;

  private final CallPlaces places;
  private final OpenCalls calls;
  private final Lanes lanes;
  private final LargeRequests large;
  private final LongSupplier nanoTime;
  private final RefusalLog log;

  /**
   * An admission of calls to {@code lanes}, which the caller closes.
   *
   * @param nanoTime a monotonic clock in nanoseconds, such as {@code System::nanoTime}
   */
  public Admission(CallLimits limits, Lanes lanes, LongSupplier nanoTime) {
    this.places = new CallPlaces(limits);
    this.calls = new OpenCalls(limits, places, new UnreadAnswers(limits), nanoTime);
    this.lanes = lanes;
    this.large = new LargeRequests(limits.requestBytes() / PARSED);
    this.nanoTime = nanoTime;
    this.log = new RefusalLog(nanoTime);
  }

  /**
   * Puts a server behind this: calls run on the threads of their transports, through the
   * interceptors, until they are let in.
   *
   * @param services of {@link #service} or {@link #guard}, behind the interceptors of their own
   */
  public void guard(ServerBuilder<?> server, Iterable<ServerServiceDefinition> services) {
    // Interceptors run from the last added to the first: the call's context and log line come
    // first, so that every failure further in is mapped and logged.
    server
        .directExecutor()
        .addStreamTracerFactory(calls)
        .fallbackHandlerRegistry(new UnknownMethods())
        .intercept(new ErrorInterceptor())
        .intercept(new CallInterceptor(nanoTime));
    services.forEach(server::addService);
  }

  /**
   * Counts the connections of a server apart: for one that others can connect to.
   *
   * @param taken a count of what the peer of that address takes of its answers, that grows with it
   */
  public void countConnections(
      ServerBuilder<?> server, Function<SocketAddress, LongSupplier> taken) {
    server.addTransportFilter(Peer.filter(taken));
  }

  /** Begins a service whose calls take places and turns. */
  public UnaryService service(ServiceDescriptor service) {
    return new UnaryService(this, service, null);
  }

  /**
   * The same for a service some of whose methods make a change {@linkplain UnaryService#once once}.
   */
  public UnaryService service(ServiceDescriptor service, IdempotencyStore keys) {
    return new UnaryService(this, service, keys);
  }

  /**
   * Makes a service one that always answers: its calls take no places, and run on the threads of
   * their transports, which they must not block.
   */
  public ServerServiceDefinition guard(ServerServiceDefinition service) {
    return RawMessages.of(service);
  }

  /** Ends the calls that have taken too long. To be called a few times a second. */
  public void sweep() {
    calls.sweep();
  }

  /** How many calls have a place now. */
  public int placesInUse() {
    return places.inUse();
  }

  OpenCalls calls() {
    return calls;
  }

  Lanes lanes() {
    return lanes;
  }

  LargeRequests large() {
    return large;
  }

  /**
   * Gives a call its place.
   *
   * @throws RequestException OVERLOADED
   */
  void takePlace(OpenCall call, Optional<AccountId> account) {
    Optional<String> obstacle = places.take(call, account);
    if (obstacle.isPresent()) {
      log.refused(obstacle.get());
      throw new RequestException(
          ErrorReason.OVERLOADED, "The server has too many calls to do. Try again.");
    }
  }
}
