package dev.trackerd.server.rpc;

import static dev.trackerd.server.rpc.GuardedServer.SMALL;
import static dev.trackerd.server.rpc.GuardedServer.stub;
import static dev.trackerd.server.rpc.GuardedServer.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateDatasetGroupResponse;
import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.DescribeDatasetGroupRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CallPlaces, shares and turns, over real connections. */
class AdmissionTest {
  private static final String ANNA = "111111111111";
  private static final String BERT = "222222222222";
  private static final String CARL = "333333333333";

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private GuardedServer server = new GuardedServer(SMALL);

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
  }

  @Test
  void call_beyondAnAccountsShare_isRefusedAtOnce() {
    // By itself an account has all but an eighth: 14 of 16.
    hold(ANNA, 14);

    assertOverloaded(refusal(ANNA));
    assertThat(server.admission.placesInUse()).isEqualTo(14);

    // A second one gets in, and the first keeps to half from now on.
    hold(BERT, 1);
    finish(14);
    until(() -> server.admission.placesInUse() <= 1);
    server.release(1);
    server.assertIdle();
    assertThat(server.writes).hasValue(15);
  }

  @Test
  void call_ofAnAccount_hasHalfWhileOthersArePresent() {
    hold(BERT, 1);
    hold(ANNA, 8);

    assertOverloaded(refusal(ANNA));
    hold(BERT, 1);

    server.release(10);
    server.assertIdle();
  }

  @Test
  void call_beyondAllPlaces_isRefusedAtOnce() {
    hold(BERT, 8);
    hold(ANNA, 8);

    assertOverloaded(refusal(CARL));
    assertHealthy();

    server.release(16);
    server.assertIdle();
    hold(CARL, 1);
    server.release(1);
    server.assertIdle();
  }

  @Test
  void call_beyondAConnectionsShare_isRefusedAtOnce() {
    server.close();
    server =
        new GuardedServer(
            new CallLimits(24, 2, 64, 1 << 20, 1 << 20, 4 << 20, CallLimits.Times.STANDARD));
    ManagedChannel one = connect();
    for (int i = 0; i < 3; i++) {
      create(one, ANNA);
    }
    until(() -> server.writes.get() == 3);

    assertOverloaded(failure(one, ANNA));
    hold(ANNA, 1);

    server.release(4);
    server.assertIdle();
  }

  @Test
  void call_withoutACredential_sharesASmallNumber() {
    hold(null, 2);

    assertOverloaded(refusal(null));
    hold(ANNA, 1);

    server.release(3);
    server.assertIdle();
  }

  @Test
  void call_whoseDeadlinePassesInTheQueue_costsNothing() {
    server.close();
    server =
        new GuardedServer(
            new CallLimits(2000, 2, 64, 1 << 20, 1 << 20, 4 << 20, CallLimits.Times.STANDARD));
    // As many as there are threads for.
    hold(ANNA, 128);
    ManagedChannel channel = connect();
    Answer late = new Answer();
    DatasetServiceGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(GuardedServer.account(BERT)))
        .withDeadlineAfter(500, TimeUnit.MILLISECONDS)
        .createDatasetGroup(CreateDatasetGroupRequest.getDefaultInstance(), late);
    until(() -> server.admission.placesInUse() == 129);

    until(late::ended);
    server.release(129);
    server.assertIdle();

    assertThat(late.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(server.writes).hasValue(128);
  }

  @Test
  void call_withoutADeadline_thatWaitsTooLong_isToldSo() {
    server.close();
    server =
        new GuardedServer(
            new CallLimits(2000, 2, 64, 1 << 20, 1 << 20, 4 << 20, CallLimits.Times.STANDARD));
    hold(ANNA, 128);
    Answer waiting = create(connect(), BERT);
    until(() -> server.admission.calls().at(OpenCall.Stage.WHOLE) == 129);
    // Whole a moment before it has its place in the queue.
    until(() -> server.admission.lanes().writes().waiting() == 1);

    server.pass(Duration.ofSeconds(31));

    until(waiting::ended);
    assertThat(waiting.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    server.release(128);
    server.assertIdle();
    assertThat(server.writes).hasValue(128);
  }

  @Test
  void call_withoutADeadline_getsTheServers() {
    ManagedChannel channel = connect();
    Answer running = create(channel, ANNA);
    until(() -> server.writes.get() == 1);

    server.pass(Duration.ofSeconds(29));
    assertThat(running.ended()).isFalse();
    server.pass(Duration.ofSeconds(2));

    until(running::ended);
    assertThat(running.code()).isEqualTo(Status.Code.CANCELLED);
    server.assertIdle();
  }

  @Test
  void call_thatIsCancelled_givesItsPlaceBack() {
    hold(ANNA, 10);
    channels.forEach(ManagedChannel::shutdownNow);

    server.assertIdle();
  }

  @Test
  void call_answeredAtOnce_needsNoThread() {
    ManagedChannel channel = connect();
    hold(ANNA, 8);

    assertThat(
            stub(channel, BERT)
                .describeDatasetGroup(DescribeDatasetGroupRequest.getDefaultInstance()))
        .isNotNull();

    server.release(8);
    server.assertIdle();
  }

  /** What became of a call. */
  private static final class Answer implements StreamObserver<CreateDatasetGroupResponse> {
    private volatile boolean ended;
    private volatile StatusRuntimeException failure;

    @Override
    public void onNext(CreateDatasetGroupResponse reply) {}

    @Override
    public void onError(Throwable thrown) {
      failure = (StatusRuntimeException) thrown;
      ended = true;
    }

    @Override
    public void onCompleted() {
      ended = true;
    }

    boolean ended() {
      return ended;
    }

    Status.Code code() {
      return failure == null ? Status.Code.OK : failure.getStatus().getCode();
    }
  }

  /** Makes calls that wait in their handlers, one to a connection. */
  private void hold(String account, int calls) {
    int before = server.writes.get();
    for (int i = 0; i < calls; i++) {
      answers.add(create(connect(), account));
    }
    until(() -> server.writes.get() == before + calls);
  }

  private void finish(int calls) {
    server.release(calls);
    until(() -> answers.stream().filter(Answer::ended).count() >= calls);
  }

  private static Answer create(ManagedChannel channel, String account) {
    Answer answer = new Answer();
    var stub = DatasetServiceGrpc.newStub(channel);
    if (account != null) {
      stub =
          stub.withInterceptors(
              MetadataUtils.newAttachHeadersInterceptor(GuardedServer.account(account)));
    }
    stub.createDatasetGroup(CreateDatasetGroupRequest.getDefaultInstance(), answer);
    return answer;
  }

  private StatusRuntimeException refusal(String account) {
    return failure(connect(), account);
  }

  private static StatusRuntimeException failure(ManagedChannel channel, String account) {
    Answer answer = create(channel, account);
    until(answer::ended);
    return answer.failure;
  }

  private static void assertOverloaded(StatusRuntimeException refusal) {
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(InProcess.reason(refusal)).isEqualTo("OVERLOADED");
    assertThat(StatusProto.fromThrowable(refusal).getDetailsList())
        .anyMatch(detail -> detail.is(RetryInfo.class));
  }

  private void assertHealthy() {
    assertThat(
            HealthGrpc.newBlockingStub(connect())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING);
  }

  private ManagedChannel connect() {
    ManagedChannel channel = server.channel();
    channels.add(channel);
    return channel;
  }
}
