package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerFixture.ACCOUNT;
import static dev.trackerd.server.event.EventTrackerFixture.ARNS;
import static dev.trackerd.server.event.EventTrackerFixture.in;
import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.PERMISSION_DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.CreateEventTrackerResponse;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerRequest;
import dev.trackerd.v1.EventTracker;
import dev.trackerd.v1.ListEventTrackersRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on event trackers behind the interceptors of production. */
class EventTrackersTest {
  private static final Duration DELAY = Duration.ofMillis(1500);
  private static final double NOW = 1_795_176_000.75;

  @TempDir Path directory;
  private EventTrackerFixture server;

  @BeforeEach
  void start() {
    server = new EventTrackerFixture(directory, new EventTrackerRules(3, DELAY));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_answersWithArnAndTrackingId() {
    CreateEventTrackerResponse made = server.create("clicks");
    assertThat(made.getEventTrackerArn()).matches(ARNS + "event-tracker/[0-9a-f]{8}");
    assertThat(server.describe(made.getEventTrackerArn()))
        .isEqualTo(
            EventTracker.newBuilder()
                .setName("clicks")
                .setEventTrackerArn(made.getEventTrackerArn())
                .setAccountId(ACCOUNT)
                .setTrackingId(made.getTrackingId())
                .setDatasetGroupArn(ARNS + "dataset-group/clicks")
                .setStatus("CREATE PENDING")
                .setCreationDateTime(NOW)
                .setLastUpdatedDateTime(NOW)
                .build());
  }

  @Test
  void describe_showsEveryStateAndWhenItBegan() {
    String arn = server.create("clicks").getEventTrackerArn();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      EventTracker tracker = server.describe(arn);
      seen.add(tracker.getStatus() + " " + (tracker.getLastUpdatedDateTime() - NOW));
      server.time.pass(DELAY.dividedBy(2));
    }
    // The loop has left the clock 2.25 seconds after the creation.
    server.delete(arn);
    for (int i = 0; i < 2; i++) {
      EventTracker tracker = server.describe(arn);
      seen.add(tracker.getStatus() + " " + (tracker.getLastUpdatedDateTime() - NOW));
      assertThat(tracker.getCreationDateTime()).isEqualTo(NOW);
      server.time.pass(DELAY.dividedBy(2));
    }
    assertThat(seen)
        .containsExactly(
            "CREATE PENDING 0.0",
            "CREATE IN_PROGRESS 0.75",
            "ACTIVE 1.5",
            "DELETE PENDING 2.25",
            "DELETE IN_PROGRESS 3.0");
    assertThat(refusal(() -> server.describe(arn))).isEqualTo(notFound(arn));
  }

  @Test
  void delete_answersWithNothing() {
    String arn = server.createActive("clicks").getEventTrackerArn();
    assertThat(
            server
                .trackers("anna")
                .deleteEventTracker(
                    DeleteEventTrackerRequest.newBuilder().setEventTrackerArn(arn).build()))
        .isEqualTo(Empty.getDefaultInstance());
    server.time.pass(DELAY);
    assertThat(refusal(() -> server.delete(arn))).isEqualTo(notFound(arn));
  }

  @Test
  void delete_isRefusedWhileInUse() {
    String arn = server.create("clicks").getEventTrackerArn();
    Refusal inUse =
        new Refusal(FAILED_PRECONDITION, "RESOURCE_IN_USE", "Resource " + arn + " is in use");
    assertThat(refusal(() -> server.delete(arn))).isEqualTo(inUse);
    server.time.pass(DELAY.dividedBy(2));
    assertThat(refusal(() -> server.delete(arn))).isEqualTo(inUse);
    server.time.pass(DELAY.dividedBy(2));
    server.delete(arn);
    assertThat(refusal(() -> server.delete(arn))).isEqualTo(inUse);
    server.time.pass(DELAY.dividedBy(2));
    assertThat(refusal(() -> server.delete(arn))).isEqualTo(inUse);
  }

  @Test
  void create_refusesASecondOneOfAGroup() {
    String arn = server.createActive("clicks").getEventTrackerArn();
    Refusal exists =
        new Refusal(
            ALREADY_EXISTS,
            "EVENT_TRACKER_EXISTS",
            "Another resource with Arn " + arn + " already exists.");
    var second = in(ARNS + "dataset-group/clicks", "second");
    assertThat(refusal(() -> server.trackers("anna").createEventTracker(second))).isEqualTo(exists);
    server.delete(arn);
    assertThat(refusal(() -> server.trackers("anna").createEventTracker(second))).isEqualTo(exists);
    server.time.pass(DELAY);
    assertThat(server.trackers("anna").createEventTracker(second).getEventTrackerArn())
        .isNotEqualTo(arn);
  }

  @Test
  void create_refusesMoreThanTheLimit() {
    String first = server.createActive("a").getEventTrackerArn();
    server.createActive("b");
    server.createActive("c");
    var fourth = in(server.group("d"), "d");
    assertThat(refusal(() -> server.trackers("anna").createEventTracker(fourth)))
        .isEqualTo(
            new Refusal(
                FAILED_PRECONDITION,
                "EVENT_TRACKER_LIMIT",
                "More than 3 resources in ACTIVE state. Please delete some and try again."));
    server.delete(first);
    assertThat(server.trackers("anna").createEventTracker(fourth).getEventTrackerArn())
        .startsWith(ARNS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:personalize:us-east-1:111111111111:event-tracker/0badcafe",
        "arn:aws:personalize:us-east-1:111111111111:dataset-group/clicks",
        "arn:aws:personalize:eu-west-1:111111111111:event-tracker/%s",
        "arn:aws-cn:personalize:us-east-1:111111111111:event-tracker/%s",
        "arn:aws:personalize:us-east-1:111111111111:event-tracker/%s/x",
        "arn:aws:personalize:us-east-1:111111111111:event-tracker/",
        "arn:aws:personalize:us-east-1:111111111111:schema/%s"
      })
  void anArnOfNothing_isNotFound(String form) {
    String made = server.createActive("clicks").getEventTrackerArn();
    String arn = form.formatted(made.substring(made.length() - 8));
    assertThat(refusal(() -> server.describe(arn))).isEqualTo(notFound(arn));
    assertThat(refusal(() -> server.delete(arn))).isEqualTo(notFound(arn));
    assertThat(server.describe(made).getStatus()).isEqualTo("ACTIVE");
  }

  @Test
  void create_needsADatasetGroup() {
    String made = server.createActive("clicks").getEventTrackerArn();
    for (String arn :
        List.of(
            ARNS + "dataset-group/none",
            made,
            ARNS.replace("us-east-1", "x") + "dataset-group/clicks")) {
      assertThat(refusal(() -> server.trackers("anna").createEventTracker(in(arn, "n"))))
          .isEqualTo(notFound(arn));
    }
  }

  @Test
  void anotherAccountsArn_isDeniedWhetherItExistsOrNot() {
    String annas = server.createActive("clicks").getEventTrackerArn();
    String none = ARNS + "event-tracker/00000000";
    String group = ARNS + "dataset-group/clicks";
    for (String arn : List.of(annas, none)) {
      assertThat(
              refusal(
                  () ->
                      server
                          .trackers("bert")
                          .deleteEventTracker(
                              DeleteEventTrackerRequest.newBuilder()
                                  .setEventTrackerArn(arn)
                                  .build())))
          .isEqualTo(denied("DeleteEventTracker", arn));
      assertThat(
              refusal(
                  () ->
                      server
                          .trackers("bert")
                          .describeEventTracker(
                              DescribeEventTrackerRequest.newBuilder()
                                  .setEventTrackerArn(arn)
                                  .build())))
          .isEqualTo(denied("DescribeEventTracker", arn));
    }
    assertThat(refusal(() -> server.trackers("bert").createEventTracker(in(group, "n"))))
        .isEqualTo(denied("CreateEventTracker", group));
    assertThat(
            refusal(
                () ->
                    server
                        .trackers("bert")
                        .listEventTrackers(
                            ListEventTrackersRequest.newBuilder()
                                .setDatasetGroupArn(group)
                                .build())))
        .isEqualTo(denied("ListEventTrackers", group));
    assertThat(server.describe(annas).getStatus()).isEqualTo("ACTIVE");
  }

  private static Refusal notFound(String arn) {
    return new Refusal(
        NOT_FOUND, "RESOURCE_NOT_FOUND", "Could not find the specified resource: " + arn);
  }

  private static Refusal denied(String operation, String arn) {
    return new Refusal(
        PERMISSION_DENIED,
        "ACCOUNT_MISMATCH",
        "User: arn:aws:iam::222222222222:user/bert is not authorized to perform: personalize:"
            + operation
            + " on resource: "
            + arn);
  }
}
