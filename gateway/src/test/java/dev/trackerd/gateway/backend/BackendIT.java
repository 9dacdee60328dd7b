package dev.trackerd.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.call.CallHead;
import dev.trackerd.gateway.call.CallOutcome;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.desk.CreateNoteRequest;
import dev.trackerd.gateway.desk.DeskServiceGrpc;
import dev.trackerd.gateway.desk.GetNoteRequest;
import dev.trackerd.gateway.desk.Note;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One channel to several servers on ports. */
class BackendIT {

  private final List<FreezableServer> servers = new ArrayList<>();
  private FreezableServer a;
  private FreezableServer b;
  private FreezableServer c;
  private Backend backend;
  private GrpcCaller caller;

  @BeforeEach
  void open() throws Exception {
    a = add("a");
    b = add("b");
    c = add("c");
    connect(addresses());
    await(() -> names(9).equals(Set.of("a", "b", "c")));
  }

  @AfterEach
  void close() throws Exception {
    backend.close();
    for (FreezableServer server : servers) {
      await(() -> server.connections.get() == 0);
      server.close();
    }
    assertThat(backend.channel().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void calls_goInTurn() {
    servers.forEach(server -> server.calls.set(0));
    names(30);
    assertThat(servers).extracting(server -> server.calls.get()).containsOnly(10);
  }

  @Test
  void serverThatDoesNotServe_getsNoCallsUntilItDoes() {
    b.serves(false);
    await(() -> names(6).equals(Set.of("a", "c")));
    b.serves(true);
    await(() -> names(6).equals(Set.of("a", "b", "c")));
  }

  @Test
  void whereNoneServes_theServersSayWhy() {
    servers.forEach(server -> server.serves(false));
    await(() -> health() == ServingStatus.NOT_SERVING);
    CallOutcome.Failure refused = (CallOutcome.Failure) get("refuse").join();
    assertThat(refused.local()).isFalse();
    assertThat(refused.status().getDescription()).endsWith(" refuses");
    b.serves(true);
    await(() -> names(6).equals(Set.of("b")));
    assertThat(health()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void serverThatDrains_failsNoCall() throws Exception {
    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(
            () -> {
              names(50);
              b.drain();
            });
    int failed = 0;
    while (!drained.isDone()) {
      failed += create("now").join() instanceof CallOutcome.Reply ? 0 : 1;
    }
    for (int i = 0; i < 300; i++) {
      failed += create("now").join() instanceof CallOutcome.Reply ? 0 : 1;
    }
    assertThat(failed).isZero();
    assertThat(names(6)).isEqualTo(Set.of("a", "c"));
  }

  @Test
  void serverThatDies_failsWritesUnderWay_andReadsAreMadeElsewhere() throws Exception {
    List<CompletableFuture<CallOutcome>> reads = start(() -> get("wait"));
    List<CompletableFuture<CallOutcome>> writes = start(() -> create("wait"));
    // One of each on each.
    servers.forEach(server -> await(() -> server.waiting.availablePermits() == 2));
    int calls = b.calls.get();
    b.kill();
    // The read that was under way on it waits elsewhere now.
    await(() -> a.waiting.availablePermits() + c.waiting.availablePermits() == 5);
    assertThat(reads).noneMatch(CompletableFuture::isDone);
    await(() -> writes.stream().filter(CompletableFuture::isDone).count() == 1);
    CompletableFuture<CallOutcome> lost =
        writes.stream().filter(CompletableFuture::isDone).findAny().orElseThrow();
    assertThat(((CallOutcome.Failure) lost.join()).local()).isTrue();
    assertThat(b.calls).hasValue(calls);
    assertThat(names(6)).isEqualTo(Set.of("a", "c"));
    servers.add(FreezableServer.open("again", b.port()));
    await(() -> names(6).equals(Set.of("a", "c", "again")));
  }

  @Test
  void serverThatHangs_isLeftOut_andItsReadsAreMadeElsewhere() {
    b.freeze();
    List<CompletableFuture<CallOutcome>> reads = start(() -> get("now"));
    List<String> answers = reads.stream().map(read -> text(read.join())).sorted().toList();
    assertThat(answers).hasSize(3).doesNotContain("b");
    assertThat(names(6)).isEqualTo(Set.of("a", "c"));
    b.thaw();
    await(() -> names(6).equals(Set.of("a", "b", "c")));
  }

  @Test
  void serverThatHangs_endsWritesByTheirDeadlinesOnly() {
    b.freeze();
    List<CompletableFuture<CallOutcome>> writes = start(() -> create("now"));
    Set<String> ends = writes.stream().map(write -> end(write.join())).collect(Collectors.toSet());
    assertThat(ends).containsExactlyInAnyOrder("a", "c", "DEADLINE_EXCEEDED");
    b.thaw();
  }

  @Test
  void whereAllHang_callsWaitForThem() {
    servers.forEach(FreezableServer::freeze);
    CompletableFuture<CallOutcome> read = get("now");
    await(() -> end(get("now", 100).join()).equals("DEADLINE_EXCEEDED"));
    servers.forEach(FreezableServer::thaw);
    assertThat(text(read.join())).isIn("a", "b", "c");
  }

  @Test
  void nameThatIsUnknown_leavesOutNothingElse() {
    backend.close();
    connect("unknown.invalid:1," + addresses());
    await(() -> names(9).equals(Set.of("a", "b", "c")));
  }

  @Test
  void serversThatAreGone_failCallsAtOnce() throws Exception {
    for (FreezableServer server : servers) {
      server.kill();
    }
    await(() -> end(get("now").join()).equals("UNAVAILABLE"));
    servers.add(FreezableServer.open("again", c.port()));
    await(() -> names(3).equals(Set.of("again")));
  }

  private FreezableServer add(String name) throws Exception {
    FreezableServer server = FreezableServer.open(name);
    servers.add(server);
    return server;
  }

  private String addresses() {
    return servers.stream().map(FreezableServer::address).collect(Collectors.joining(","));
  }

  private void connect(String addresses) {
    backend = Backend.open(BackendAddresses.parse(addresses));
    caller = new GrpcCaller(backend.channel());
  }

  /** Starts three calls, one on each server. */
  private static List<CompletableFuture<CallOutcome>> start(
      Supplier<CompletableFuture<CallOutcome>> call) {
    return List.of(call.get(), call.get(), call.get());
  }

  private Set<String> names(int count) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      names.add(end(get("now").join()));
    }
    return names;
  }

  private CompletableFuture<CallOutcome> get(String id) {
    return get(id, 8_000);
  }

  private CompletableFuture<CallOutcome> get(String id, long millis) {
    CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
    caller.call(
        GrpcCaller.unary(DeskServiceGrpc.getGetNoteMethod()),
        GetNoteRequest.newBuilder().setNoteId(id).build(),
        head(millis),
        outcome::complete);
    return outcome;
  }

  private CompletableFuture<CallOutcome> create(String text) {
    CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
    caller.call(
        GrpcCaller.unary(DeskServiceGrpc.getCreateNoteMethod()),
        CreateNoteRequest.newBuilder().setNote(Note.newBuilder().setText(text)).build(),
        head(8_000),
        outcome::complete);
    return outcome;
  }

  private ServingStatus health() {
    CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
    caller.call(
        GrpcCaller.unary(HealthGrpc.getCheckMethod()),
        HealthCheckRequest.getDefaultInstance(),
        head(8_000),
        outcome::complete);
    CallOutcome.Reply reply = (CallOutcome.Reply) outcome.join();
    return ((HealthCheckResponse) reply.message()).getStatus();
  }

  private static CallHead head(long millis) {
    return new CallHead(new Metadata(), Deadline.after(millis, TimeUnit.MILLISECONDS));
  }

  private static String text(CallOutcome outcome) {
    return ((Note) ((CallOutcome.Reply) outcome).message()).getText();
  }

  private static String end(CallOutcome outcome) {
    return outcome instanceof CallOutcome.Failure failure
        ? failure.status().getCode().name()
        : text(outcome);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come");
      }
      Thread.onSpinWait();
    }
  }
}
