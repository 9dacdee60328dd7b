package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerFixture.ARNS;
import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.EventTrackerSummary;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.ListEventTrackersResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of event trackers behind the interceptors of production. */
class EventTrackerListsTest {
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
  void list_showsSummariesInTheOrderOfCreation() {
    String first = server.createActive("z").getEventTrackerArn();
    String second = server.create("a").getEventTrackerArn();
    assertThat(list(ListEventTrackersRequest.getDefaultInstance()))
        .isEqualTo(
            ListEventTrackersResponse.newBuilder()
                .addEventTrackers(summary("z", first, "ACTIVE", NOW, NOW + 1.5))
                .addEventTrackers(summary("a", second, "CREATE PENDING", NOW + 1.5, NOW + 1.5))
                .build());
    assertThat(
            server
                .trackers("bert")
                .listEventTrackers(ListEventTrackersRequest.getDefaultInstance()))
        .isEqualTo(ListEventTrackersResponse.getDefaultInstance());
  }

  @Test
  void list_canBeOfOneGroup() {
    server.createActive("z");
    String second = server.createActive("a").getEventTrackerArn();
    server.group("empty");
    assertThat(list(ofGroup("a")).getEventTrackersList())
        .extracting(EventTrackerSummary::getEventTrackerArn)
        .containsExactly(second);
    for (String name : List.of("empty", "none")) {
      assertThat(list(ofGroup(name))).isEqualTo(ListEventTrackersResponse.getDefaultInstance());
    }
    assertThat(list(ListEventTrackersRequest.newBuilder().setDatasetGroupArn(second).build()))
        .isEqualTo(ListEventTrackersResponse.getDefaultInstance());
  }

  @Test
  void list_walksPages() {
    List<String> arns = new ArrayList<>();
    for (String name : List.of("c", "b", "a")) {
      arns.add(server.createActive(name).getEventTrackerArn());
    }
    List<String> seen = new ArrayList<>();
    var request = ListEventTrackersRequest.newBuilder().setMaxResults(1);
    ListEventTrackersResponse page = list(request.build());
    while (page.hasNextToken()) {
      assertThat(page.getEventTrackersList()).hasSize(1);
      page.getEventTrackersList().forEach(t -> seen.add(t.getEventTrackerArn()));
      page = list(request.setNextToken(page.getNextToken()).build());
    }
    page.getEventTrackersList().forEach(t -> seen.add(t.getEventTrackerArn()));
    assertThat(seen).isEqualTo(arns);
  }

  @Test
  void list_refusesATokenOfAnyoneElse() {
    server.createActive("a");
    server.createActive("b");
    String token =
        list(ListEventTrackersRequest.newBuilder().setMaxResults(1).build()).getNextToken();
    Refusal invalid =
        new Refusal(INVALID_ARGUMENT, "NEXT_TOKEN_INVALID", "The token is not valid.");
    var request = ListEventTrackersRequest.newBuilder().setNextToken(token);
    assertThat(refusal(() -> server.trackers("bert").listEventTrackers(request.build())))
        .isEqualTo(invalid);
    assertThat(refusal(() -> list(ofGroup("a").toBuilder().setNextToken(token).build())))
        .isEqualTo(invalid);
    for (String wrong : List.of("", "x", token + "A", token.substring(1), token.toUpperCase())) {
      assertThat(
              refusal(
                  () -> list(ListEventTrackersRequest.newBuilder().setNextToken(wrong).build())))
          .isEqualTo(invalid);
    }
    assertThat(list(request.build()).getEventTrackersList()).hasSize(1);
  }

  private ListEventTrackersResponse list(ListEventTrackersRequest request) {
    return server.trackers("anna").listEventTrackers(request);
  }

  private static ListEventTrackersRequest ofGroup(String name) {
    return ListEventTrackersRequest.newBuilder()
        .setDatasetGroupArn(ARNS + "dataset-group/" + name)
        .build();
  }

  private static EventTrackerSummary summary(
      String name, String arn, String status, double created, double updated) {
    return EventTrackerSummary.newBuilder()
        .setName(name)
        .setEventTrackerArn(arn)
        .setStatus(status)
        .setCreationDateTime(created)
        .setLastUpdatedDateTime(updated)
        .build();
  }
}
