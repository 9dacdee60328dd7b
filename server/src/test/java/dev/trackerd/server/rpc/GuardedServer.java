package dev.trackerd.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateDatasetGroupResponse;
import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.DescribeDatasetGroupRequest;
import dev.trackerd.v1.DescribeDatasetGroupResponse;
import dev.trackerd.v1.DescribeDatasetResponse;
import dev.trackerd.v1.ListDatasetGroupsResponse;
import dev.trackerd.v1.ListDatasetsRequest;
import dev.trackerd.v1.ListDatasetsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A server on a port of loopback behind an {@link Admission}, whose clock waits. Callers are who
 * they say in the header {@code account}. ListDatasets answers with as many bytes as its filter
 * says; CreateDatasetGroup waits for {@link #release}.
 */
final class GuardedServer implements AutoCloseable {
  static final String LIST = "tracker.v1.DatasetService/ListDatasets";
  static final String CREATE = "tracker.v1.DatasetService/CreateDatasetGroup";
  static final String HEALTH = "grpc.health.v1.Health/Check";
  static final CallLimits SMALL =
      new CallLimits(16, 2, 64, 1 << 20, 1 << 20, 4 << 20, CallLimits.Times.STANDARD);
  private static final Metadata.Key<String> ACCOUNT =
      Metadata.Key.of("account", Metadata.ASCII_STRING_MARSHALLER);

  final Admission admission;
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();
  final Semaphore gate = new Semaphore(0);
  final AtomicLong taken = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong(System.nanoTime());
  private final Lanes lanes =
      new Lanes(
          LaneLimits.ofProcessors(),
          name -> work -> Executors.defaultThreadFactory().newThread(work));
  private final Server server;

  GuardedServer(CallLimits limits) {
    admission = new Admission(limits, lanes, nanos::get);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    admission.countConnections(builder, peer -> taken::get);
    var datasets =
        admission
            .service(DatasetServiceGrpc.getServiceDescriptor())
            .method(DatasetServiceGrpc.getCreateDatasetGroupMethod(), this::create)
            .method(DatasetServiceGrpc.getDescribeDatasetGroupMethod(), this::fail, this::describe)
            .method(
                DatasetServiceGrpc.getDeleteDatasetGroupMethod(),
                request -> Empty.getDefaultInstance())
            .method(
                DatasetServiceGrpc.getDescribeDatasetMethod(),
                request -> DescribeDatasetResponse.getDefaultInstance())
            .method(
                DatasetServiceGrpc.getListDatasetGroupsMethod(),
                request -> ListDatasetGroupsResponse.getDefaultInstance())
            .method(DatasetServiceGrpc.getListDatasetsMethod(), this::list)
            .build();
    admission.guard(
        builder,
        List.of(
            ServerInterceptors.intercept(datasets, new Believer()),
            admission.guard(new HealthStatusManager().getHealthService().bindService()),
            admission.guard(ProtoReflectionServiceV1.newInstance().bindService())));
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", port()).usePlaintext().build();
  }

  static DatasetServiceGrpc.DatasetServiceBlockingStub stub(
      ManagedChannel channel, String account) {
    return DatasetServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(account(account)))
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  static Metadata account(String account) {
    Metadata metadata = new Metadata();
    metadata.put(ACCOUNT, account);
    return metadata;
  }

  /** A request of ListDatasets for an answer of about that length. */
  static ListDatasetsRequest ofBytes(int bytes) {
    return ListDatasetsRequest.newBuilder().setMaxResults(bytes).build();
  }

  /** Lets so many calls that wait in their handlers go on. */
  void release(int calls) {
    gate.release(calls);
  }

  /** Lets time pass, and looks at the calls as the program does. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    admission.sweep();
  }

  int open() {
    return admission.calls().size();
  }

  long unread() {
    return admission.calls().unread().inAll();
  }

  /** Nothing is taken by anybody any more. */
  void assertIdle() {
    until(() -> open() == 0 && admission.placesInUse() == 0 && unread() == 0);
    assertThat(open()).isZero();
    assertThat(admission.placesInUse()).isZero();
    assertThat(unread()).isZero();
  }

  /** Waits for a state, for at most 20 seconds. */
  static void until(BooleanSupplier state) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!state.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
      Thread.yield();
    }
    assertThat(state.getAsBoolean()).isTrue();
  }

  @Override
  public void close() {
    gate.release(1000);
    server.shutdownNow();
    lanes.close();
  }

  private CreateDatasetGroupResponse create(CreateDatasetGroupRequest request) {
    writes.incrementAndGet();
    gate.acquireUninterruptibly();
    return CreateDatasetGroupResponse.newBuilder().setDatasetGroupArn(request.getName()).build();
  }

  private ListDatasetsResponse list(ListDatasetsRequest request) {
    reads.incrementAndGet();
    return ListDatasetsResponse.newBuilder()
        .setNextToken("x".repeat(request.getMaxResults()))
        .build();
  }

  private DescribeDatasetGroupResponse fail(DescribeDatasetGroupRequest request) {
    throw new IllegalStateException("answered at once");
  }

  private Optional<DescribeDatasetGroupResponse> describe(DescribeDatasetGroupRequest request) {
    return Optional.of(DescribeDatasetGroupResponse.getDefaultInstance());
  }

  /** Believes every caller. */
  private static final class Believer implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String account = headers.get(ACCOUNT);
      if (account != null) {
        RpcContext.current().authenticated(new Caller(new AccountId(account), "key"));
      }
      return next.startCall(call, headers);
    }
  }
}
