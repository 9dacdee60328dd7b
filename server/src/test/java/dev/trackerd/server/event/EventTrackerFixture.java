package dev.trackerd.server.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.auth.AccessTokens;
import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.auth.RpcTokens;
import dev.trackerd.server.auth.SigV4;
import dev.trackerd.server.auth.SignedRequests;
import dev.trackerd.server.auth.TestTime;
import dev.trackerd.server.rpc.AccountInterceptor;
import dev.trackerd.server.rpc.InProcess;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import dev.trackerd.server.token.SignatureTokens;
import dev.trackerd.server.token.TokenGrpcService;
import dev.trackerd.server.tracker.ServiceSettings;
import dev.trackerd.server.tracker.TrackerGrpcService;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.CreateEventTrackerResponse;
import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.DatasetServiceGrpc.DatasetServiceBlockingStub;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerRequest;
import dev.trackerd.v1.EventTracker;
import dev.trackerd.v1.GenerateRequest;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.TagServiceGrpc;
import dev.trackerd.v1.TagServiceGrpc.TagServiceBlockingStub;
import dev.trackerd.v1.TokenServiceGrpc;
import dev.trackerd.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import dev.trackerd.v1.TrackerServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc.TrackerServiceBlockingStub;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** All services over a database of the test's own, with three accounts and a clock that waits. */
public final class EventTrackerFixture implements AutoCloseable {
  public static final String ACCOUNT = "111111111111";
  public static final String ARNS = "arn:aws:personalize:us-east-1:" + ACCOUNT + ":";

  public final TestTime time = new TestTime();
  public final ApiKeys keys;
  private final Duration delay;
  private final Stores stores;
  private final InProcess server;

  public EventTrackerFixture(Path directory, EventTrackerRules rules) {
    delay = rules.delay();
    stores =
        SqliteStores.open(
            directory,
            StoreConfig.unlimited()
                .withMaxConcurrentWritesPerAccount(1)
                .withEventTrackers(rules)
                .withClock(time),
            1 << 20);
    MasterKey master = MasterKey.open(directory);
    keys = ApiKeys.open(stores.credentials(), master, time);
    keys.ensure(new NewApiKey(new AccountId(ACCOUNT), "anna", "annas-secret"));
    keys.ensure(new NewApiKey(new AccountId("222222222222"), "bert", "berts-secret"));
    keys.ensure(
        new NewApiKey(SignedRequests.ACCOUNT, SignedRequests.KEY_ID, SignedRequests.SECRET));
    AccessTokens tokens = AccessTokens.of(master, keys, time);
    RpcTokens rpcTokens = RpcTokens.of(master, keys, time);
    AccountInterceptor accounts = new AccountInterceptor(tokens, rpcTokens);
    EventTrackerSettings settings = new EventTrackerSettings("us-east-1", rules.maxPerAccount());
    byte[] pageTokenKey = new byte[32];
    SigV4 signatures = new SigV4("us-east-1", "personalize", keys::secretOf, time);
    TokenGrpcService issuing =
        new TokenGrpcService(keys, tokens, new SignatureTokens(signatures, rpcTokens));
    TrackerGrpcService trackers =
        new TrackerGrpcService(
            stores.trackers(),
            stores.eventTrackers(),
            new ServiceSettings(1, 0, VocabularyUpdate.MERGE, settings),
            pageTokenKey);
    DatasetGrpcService datasets =
        new DatasetGrpcService(stores.eventTrackers(), settings, pageTokenKey);
    TagGrpcService tags = new TagGrpcService(stores.tags(), settings);
    server =
        new InProcess(
            admission ->
                List.of(
                    issuing.bind(admission),
                    ServerInterceptors.intercept(
                        trackers.bind(admission, stores.idempotency()), accounts),
                    ServerInterceptors.intercept(
                        datasets.bind(admission, stores.idempotency()), accounts),
                    ServerInterceptors.intercept(tags.bind(admission), accounts)));
  }

  public TokenServiceBlockingStub tokens() {
    return TokenServiceGrpc.newBlockingStub(server.channel);
  }

  /** The trackers as the owner of a key sees them. */
  public TrackerServiceBlockingStub trackers(String keyId) {
    return trackersBy(token(keyId));
  }

  public TrackerServiceBlockingStub trackersBy(String token) {
    return TrackerServiceGrpc.newBlockingStub(server.channel).withInterceptors(bearer(token));
  }

  /** The datasets as the owner of a key sees them. */
  public DatasetServiceBlockingStub datasets(String keyId) {
    return DatasetServiceGrpc.newBlockingStub(server.channel)
        .withInterceptors(bearer(token(keyId)));
  }

  /** The tags as the owner of a key sees them. */
  public TagServiceBlockingStub tags(String keyId) {
    return TagServiceGrpc.newBlockingStub(server.channel).withInterceptors(bearer(token(keyId)));
  }

  /** Makes a dataset group of Anna's and returns its ARN. */
  public String group(String name) {
    return datasets("anna")
        .createDatasetGroup(CreateDatasetGroupRequest.newBuilder().setName(name).build())
        .getDatasetGroupArn();
  }

  /** Makes a dataset group of Anna's with an event tracker of the same name. */
  public CreateEventTrackerResponse create(String name) {
    return trackers("anna").createEventTracker(in(group(name), name));
  }

  /** The same, and waits until it is ACTIVE. */
  public CreateEventTrackerResponse createActive(String name) {
    CreateEventTrackerResponse made = create(name);
    time.pass(delay);
    return made;
  }

  /** Anna has no event tracker. */
  public void assertNoEventTrackers() {
    assertThat(
            trackers("anna")
                .listEventTrackers(ListEventTrackersRequest.getDefaultInstance())
                .getEventTrackersCount())
        .isZero();
  }

  public EventTracker describe(String arn) {
    return trackers("anna")
        .describeEventTracker(
            DescribeEventTrackerRequest.newBuilder().setEventTrackerArn(arn).build())
        .getEventTracker();
  }

  public void delete(String arn) {
    var unused =
        trackers("anna")
            .deleteEventTracker(
                DeleteEventTrackerRequest.newBuilder().setEventTrackerArn(arn).build());
  }

  public static CreateEventTrackerRequest in(String groupArn, String name) {
    return CreateEventTrackerRequest.newBuilder()
        .setName(name)
        .setDatasetGroupArn(groupArn)
        .build();
  }

  /** What a caller learns of a refusal. */
  public record Refusal(Status.Code code, String reason, String message) {}

  /** The refusal of input that the model of AWS' API does not allow. */
  public static Refusal invalid(String head, String value, String constraint) {
    return new Refusal(
        Status.Code.INVALID_ARGUMENT,
        "FIELD_INVALID",
        head + " detected: " + value + " failed to satisfy constraint: " + constraint);
  }

  public static Refusal refusal(ThrowingCallable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
    if (failure == null) {
      throw new AssertionError("was not refused");
    }
    return new Refusal(
        failure.getStatus().getCode(),
        InProcess.reason(failure),
        failure.getStatus().getDescription());
  }

  @Override
  public void close() {
    server.close();
    stores.close();
  }

  private String token(String keyId) {
    String secret = keys.secretOf(keyId).orElseThrow().secret();
    return tokens()
        .generate(GenerateRequest.newBuilder().setAppId(keyId).setAppSecret(secret).build())
        .getAccessToken();
  }

  private static ClientInterceptor bearer(String token) {
    return MetadataUtils.newAttachHeadersInterceptor(InProcess.bearer(token));
  }
}
