package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.trackerd.v1.GetRequest;
import dev.trackerd.v1.GetResponse;
import dev.trackerd.v1.TrackerServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** One line for each answer of the whole program, which has two ports. */
class AccessLogIT {
  private static final String LONG = "x".repeat(1000);
  private static final Logger ACCESS = (Logger) LoggerFactory.getLogger("access");

  @TempDir Path directory;
  private final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };
  private RunningServer server;

  @BeforeEach
  void start() throws InterruptedException {
    appender.start();
    ACCESS.addAppender(appender);
    ACCESS.setLevel(Level.INFO);
    server = RunningServer.start(directory);
    // Each of the two accounts got a token.
    assertThat(next()).containsEntry("http_route", "/oauth2/token:generate");
    assertThat(next()).containsEntry("http_route", "/oauth2/token:generate");
  }

  @AfterEach
  void stop() {
    server.close();
    ACCESS.detachAppender(appender);
    ACCESS.setLevel(null);
  }

  /** The pairs of the next line, which is written after its answer. */
  private Map<String, Object> next() throws InterruptedException {
    ILoggingEvent event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("a line").isNotNull();
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (KeyValuePair pair : event.getKeyValuePairs()) {
      assertThat(pairs.put(pair.key, pair.value)).isNull();
    }
    assertThat((Long) pairs.remove("duration_us")).isNotNegative();
    return pairs;
  }

  @Test
  void httpCall_hasOneLine_withTheAccount() throws Exception {
    RunningServer.Answer answer = server.call("GET", "/v1/manage/tracker/4");

    assertThat(next())
        .containsOnly(
            Map.entry("http_method", "GET"),
            Map.entry("http_route", "/v1/manage/tracker/{tracker_id}"),
            Map.entry("http_status", 404),
            Map.entry("method", "tracker.v1.TrackerService/Get"),
            Map.entry("account", RunningServer.ACCOUNT),
            Map.entry("status", Status.Code.NOT_FOUND),
            Map.entry("request_id", answer.header("x-request-id")));
    assertThat(answer.header("x-account")).isNull();
    assertThat(events).isEmpty();
  }

  @Test
  void unknownCaller_hasALine_withoutAnAccount() throws Exception {
    server.call("GET", "/v1/manage/trackers", null, "Authorization", "Bearer nothing");

    assertThat(next()).containsEntry("http_status", 401).doesNotContainKey("account");
    assertThat(events).isEmpty();
  }

  @Test
  void awsOperation_hasOneLine_withTheAccount() throws Exception {
    RunningServer.Answer answer = new AwsRequest(server, "ListDatasetGroups", "{}").sign().send();

    assertThat(next())
        .containsOnly(
            Map.entry("http_method", "POST"),
            Map.entry("http_route", "/"),
            Map.entry("http_status", 200),
            Map.entry("method", "tracker.v1.DatasetService/ListDatasetGroups"),
            Map.entry("account", RunningServer.ACCOUNT),
            Map.entry("status", Status.Code.OK),
            Map.entry("request_id", answer.header("x-amzn-requestid")));
    assertThat(events).isEmpty();
  }

  @Test
  void unknownMethod_hasALine() throws Exception {
    MethodDescriptor<GetRequest, GetResponse> unknown =
        TrackerServiceGrpc.getGetMethod().toBuilder().setFullMethodName("a.B/" + LONG).build();
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(server.server.grpcAddress()).usePlaintext().build();
    try {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      channel, unknown, CallOptions.DEFAULT, GetRequest.getDefaultInstance()));

      String name = ("a.B/" + LONG).substring(0, 128);
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(failure.getStatus().getDescription()).isEqualTo("Method not found: " + name);
      String id =
          failure
              .getTrailers()
              .get(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER));
      assertThat(next())
          .containsOnly(
              Map.entry("method", name),
              Map.entry("status", Status.Code.UNIMPLEMENTED),
              Map.entry("request_id", id));
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void grpcCall_hasOneLine_andProbesHaveNone() throws Exception {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + server.token());
    headers.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), "r1");
    String id = server.create("n", "a");
    assertThat(next()).containsEntry("http_method", "POST");
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(server.server.grpcAddress()).usePlaintext().build();
    try {
      HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
      server.call("GET", "/healthz", null);
      server.call("GET", "/readyz", null);
      TrackerServiceGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .get(GetRequest.newBuilder().setTrackerId(id).build());
    } finally {
      channel.shutdownNow();
    }

    assertThat(next())
        .containsOnly(
            Map.entry("method", "tracker.v1.TrackerService/Get"),
            Map.entry("account", RunningServer.ACCOUNT),
            Map.entry("status", Status.Code.OK),
            Map.entry("request_id", "r1"));
    assertThat(events).isEmpty();
  }
}
