package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Values;
import dev.trackerd.server.RunningServer.Answer;
import dev.trackerd.server.rpc.InProcess;
import dev.trackerd.v1.BatchCreateRequest;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.PatchOperation;
import dev.trackerd.v1.PatchRequest;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.TrackerServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc.TrackerServiceBlockingStub;
import dev.trackerd.v1.UpdateRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The longest lists that a tracker may have, over both doors. */
class LongListIT {
  private static final int LIMIT = 100_000;

  /** Over REST the body is the tracker, so that its fields have no name before them. */
  private static final String REST_REFUSAL = "vocabulary: expected: at most 100000 items";

  private static final String REFUSAL = "tracker." + REST_REFUSAL;
  private static final String ONE = "/v1/manage/tracker";
  private static final String MANY = "/v1/manage/trackers";

  @TempDir Path directory;
  private RunningServer server;
  private ManagedChannel channel;
  private TrackerServiceBlockingStub trackers;

  @BeforeEach
  void start() {
    server = RunningServer.start(directory);
    channel = ManagedChannelBuilder.forTarget(server.server.grpcAddress()).usePlaintext().build();
    trackers =
        TrackerServiceGrpc.newBlockingStub(channel)
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(
                    InProcess.header("authorization", "Bearer " + server.token())));
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void rest_takesTheLongestListAndRefusesOneMore() {
    String id = server.create("most", phrases(LIMIT));
    String tooLong = RunningServer.trackerJson("more", phrases(LIMIT + 1));

    assertRefused(server.call("POST", ONE, tooLong), REST_REFUSAL);
    assertRefused(server.call("POST", MANY, tooLong), REST_REFUSAL);
    assertRefused(server.call("POST", MANY, "[" + tooLong + "]"), "[0]." + REST_REFUSAL);
    assertRefused(server.call("PUT", ONE + "/" + id, tooLong), REST_REFUSAL);
    assertRefused(
        server.call("PUT", ONE + "/" + id, "{\"vocabulary\":[\"one more\"]}"), REST_REFUSAL);
    assertRefused(server.call("PATCH", MANY + "/" + id, patch("/vocabulary/-")), REFUSAL);
    assertRefused(server.call("PATCH", MANY + "/" + id, patch("/vocabulary")), REFUSAL);
    assertThat(vocabulary(id)).containsExactly(phrases(LIMIT));
  }

  @Test
  void grpc_takesTheLongestListAndRefusesOneMore() {
    String id = create(LIMIT).getId();
    Tracker tooLong = tracker(LIMIT + 1);
    Tracker one = Tracker.newBuilder().addVocabulary("one more").build();

    assertRefused(() -> create(LIMIT + 1), REFUSAL);
    assertRefused(
        () -> trackers.batchCreate(BatchCreateRequest.newBuilder().addTrackers(tooLong).build()),
        REFUSAL.replace("tracker.", "trackers[0]."));
    assertRefused(
        () -> trackers.update(UpdateRequest.newBuilder().setTrackerId(id).setTracker(one).build()),
        REFUSAL);
    assertRefused(() -> patch(id, List.of(add("/vocabulary/-", "one more"))), REFUSAL);
    assertThat(vocabulary(id)).containsExactly(phrases(LIMIT));
  }

  @Test
  void patch_ofAThousandOperationsOnTheLongestList_isApplied() {
    int length = LIMIT - 500;
    String id = create(length).getId();
    List<PatchOperation> operations = new ArrayList<>();
    List<String> expected = new ArrayList<>(List.of(phrases(length)));
    for (int i = 0; i < 250; i++) {
      operations.add(remove("/vocabulary").setValue(Values.of(phrase(300 * i))).build());
      operations.add(add("/vocabulary", "new " + i));
      operations.add(remove("/vocabulary/50000").build());
      operations.add(add("/vocabulary/0", "first " + i));
      expected.remove(phrase(300 * i));
      expected.add("new " + i);
      expected.remove(50_000);
      expected.add(0, "first " + i);
    }

    assertThat(patch(id, operations).getVocabularyList()).isEqualTo(expected);
    assertThat(vocabulary(id)).isEqualTo(expected);
  }

  @Test
  void patch_refusesAListInOnePlaceOfAList() {
    String id = server.create("n", "a");
    String body = "[{\"op\":\"add\",\"path\":\"/vocabulary/-\",\"value\":[\"b\"]}]";

    assertRefused(server.call("PATCH", MANY + "/" + id, body), "[0].value: expected: a string");
    assertThat(vocabulary(id)).containsExactly("a");
  }

  private static void assertRefused(Answer answer, String message) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).isEqualTo(message);
  }

  private static void assertRefused(Callable<?> call, String message) {
    StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::call);

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.getStatus().getDescription()).isEqualTo(message);
    assertThat(InProcess.reason(refusal)).isEqualTo("FIELD_INVALID");
  }

  private Tracker create(int phrases) {
    return trackers
        .create(CreateRequest.newBuilder().setTracker(tracker(phrases)).build())
        .getTracker();
  }

  private Tracker patch(String id, List<PatchOperation> operations) {
    return trackers
        .patch(PatchRequest.newBuilder().setTrackerId(id).addAllOperations(operations).build())
        .getTracker();
  }

  private List<String> vocabulary(String id) {
    return server
        .call("GET", ONE + "/" + id)
        .json()
        .getAsJsonObject()
        .getAsJsonObject("tracker")
        .getAsJsonArray("vocabulary")
        .asList()
        .stream()
        .map(phrase -> phrase.getAsString())
        .toList();
  }

  private static String patch(String path) {
    return "[{\"op\":\"add\",\"path\":\"" + path + "\",\"value\":\"one more\"}]";
  }

  private static PatchOperation add(String path, String text) {
    return PatchOperation.newBuilder().setOp("add").setPath(path).setValue(Values.of(text)).build();
  }

  private static PatchOperation.Builder remove(String path) {
    return PatchOperation.newBuilder().setOp("remove").setPath(path);
  }

  private static Tracker tracker(int phrases) {
    return Tracker.newBuilder().setName("n").addAllVocabulary(List.of(phrases(phrases))).build();
  }

  private static String[] phrases(int count) {
    return IntStream.range(0, count).mapToObj(LongListIT::phrase).toArray(String[]::new);
  }

  private static String phrase(int i) {
    return Integer.toString(i, Character.MAX_RADIX);
  }
}
