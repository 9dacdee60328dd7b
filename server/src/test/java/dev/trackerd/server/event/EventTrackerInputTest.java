package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerFixture.ARNS;
import static dev.trackerd.server.event.EventTrackerFixture.invalid;
import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DescribeDatasetGroupRequest;
import dev.trackerd.v1.DescribeEventTrackerRequest;
import dev.trackerd.v1.ListDatasetGroupsRequest;
import dev.trackerd.v1.ListDatasetsRequest;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.Tag;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers learn of requests about event trackers that do not keep to the model. */
class EventTrackerInputTest {
  private static final String ARN_PATTERN =
      "Member must satisfy regular expression pattern: arn:([a-z\\d-]+):personalize:.*:.*:.+";
  private static final String NAME_PATTERN =
      "Member must satisfy regular expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9\\-_]*";

  @TempDir Path directory;
  private EventTrackerFixture server;
  private String group;

  @BeforeEach
  void start() {
    server = new EventTrackerFixture(directory, EventTrackerRules.NONE);
    group = server.group("g");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aMissingArn_isNamed() {
    Refusal noTracker =
        invalid("1 validation error", "Value null at 'eventTrackerArn'", "Member must not be null");
    assertThat(delete(DeleteEventTrackerRequest.getDefaultInstance())).isEqualTo(noTracker);
    assertThat(
            refusal(
                () ->
                    server
                        .trackers("anna")
                        .describeEventTracker(DescribeEventTrackerRequest.getDefaultInstance())))
        .isEqualTo(noTracker);
    assertThat(
            refusal(
                () ->
                    server
                        .datasets("anna")
                        .describeDatasetGroup(DescribeDatasetGroupRequest.getDefaultInstance())))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value null at 'datasetGroupArn'",
                "Member must not be null"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "not-an-arn",
        "x arn:aws:personalize:us-east-1:111111111111:event-tracker/0badcafe",
        "arn:aws:personalize:us-east-1:111111111111:event-tracker/0badcafe\n",
        "arn:AWS:personalize:us-east-1:111111111111:event-tracker/0badcafe",
        "arn:aws:s3:us-east-1:111111111111:event-tracker/0badcafe",
        "arn:aws:personalize:us-east-1:event-tracker/0badcafe",
        "arn:aws:personalize:us-east-1:111111111111:"
      })
  void anArnOfAnotherForm_isShownWithThePattern(String arn) {
    assertThat(delete(DeleteEventTrackerRequest.newBuilder().setEventTrackerArn(arn).build()))
        .isEqualTo(
            invalid("1 validation error", "Value '" + arn + "' at 'eventTrackerArn'", ARN_PATTERN));
  }

  @Test
  void anArnsLength_countsCodePoints() {
    String start = ARNS + "event-tracker/";
    String longest = start + "\uD83D\uDE00".repeat(256 - start.length());
    assertThat(
            delete(DeleteEventTrackerRequest.newBuilder().setEventTrackerArn(longest).build())
                .reason())
        .isEqualTo("RESOURCE_NOT_FOUND");
    String tooLong = start + "x".repeat(257 - start.length());
    assertThat(delete(DeleteEventTrackerRequest.newBuilder().setEventTrackerArn(tooLong).build()))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value '" + tooLong + "' at 'eventTrackerArn'",
                "Member must have length less than or equal to 256"));
  }

  @Test
  void create_namesAllThatIsMissing() {
    assertThat(create(CreateEventTrackerRequest.newBuilder().addTags(Tag.getDefaultInstance())))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "FIELD_INVALID",
                "4 validation errors detected: "
                    + "Value null at 'name' failed to satisfy constraint: Member must not be null; "
                    + "Value null at 'datasetGroupArn' failed to satisfy constraint: Member must not"
                    + " be null; "
                    + "Value null at 'tags.1.member.tagKey' failed to satisfy constraint: Member must"
                    + " not be null; "
                    + "Value null at 'tags.1.member.tagValue' failed to satisfy constraint: Member"
                    + " must not be null"));
  }

  @Test
  void create_checksTheName() {
    assertThat(named(""))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "FIELD_INVALID",
                "2 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member"
                    + " must have length greater than or equal to 1; Value '' at 'name' failed to satisfy"
                    + " constraint: "
                    + NAME_PATTERN));
    String tooLong = "x".repeat(64);
    assertThat(named(tooLong))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value '" + tooLong + "' at 'name'",
                "Member must have length less than or equal to 63"));
    for (String wrong : new String[] {"-a", "_a", "a b", "a.b", "é", "a\n", " a"}) {
      assertThat(named(wrong))
          .isEqualTo(
              invalid("1 validation error", "Value '" + wrong + "' at 'name'", NAME_PATTERN));
    }
    server.assertNoEventTrackers();
    var longest = valid().setName("0" + "-_aZ".repeat(15) + "xy").build();
    assertThat(server.trackers("anna").createEventTracker(longest).getEventTrackerArn())
        .startsWith(ARNS);
  }

  @Test
  void createDatasetGroup_checksNameAndDomain() {
    var request = CreateDatasetGroupRequest.newBuilder().setName("a b").setDomain("SHOP").build();
    assertThat(refusal(() -> server.datasets("anna").createDatasetGroup(request)))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "FIELD_INVALID",
                "2 validation errors detected: Value 'a b' at 'name' failed to satisfy constraint: "
                    + NAME_PATTERN
                    + "; Value 'SHOP' at 'domain' failed to satisfy constraint: Member must satisfy"
                    + " enum value set: [ECOMMERCE, VIDEO_ON_DEMAND]"));
  }

  @Test
  void lists_checkTheirMembers() {
    Refusal tooFew =
        invalid(
            "1 validation error",
            "Value '0' at 'maxResults'",
            "Member must have value greater than or equal to 1");
    Refusal tooMany =
        invalid(
            "1 validation error",
            "Value '101' at 'maxResults'",
            "Member must have value less than or equal to 100");
    assertThat(list(ListEventTrackersRequest.newBuilder().setMaxResults(0))).isEqualTo(tooFew);
    assertThat(list(ListEventTrackersRequest.newBuilder().setMaxResults(101))).isEqualTo(tooMany);
    assertThat(
            refusal(
                () ->
                    server
                        .datasets("anna")
                        .listDatasets(ListDatasetsRequest.newBuilder().setMaxResults(0).build())))
        .isEqualTo(tooFew);
    assertThat(
            refusal(
                () ->
                    server
                        .datasets("anna")
                        .listDatasetGroups(
                            ListDatasetGroupsRequest.newBuilder().setMaxResults(101).build())))
        .isEqualTo(tooMany);
    assertThat(list(ListEventTrackersRequest.newBuilder().setDatasetGroupArn("x")))
        .isEqualTo(invalid("1 validation error", "Value 'x' at 'datasetGroupArn'", ARN_PATTERN));
    assertThat(list(ListEventTrackersRequest.newBuilder().setNextToken("é")).message())
        .endsWith(
            "'nextToken' failed to satisfy constraint: Member must satisfy regular expression"
                + " pattern: \\p{ASCII}{0,1500}");
    assertThat(list(ListEventTrackersRequest.newBuilder().setNextToken("x".repeat(1501))).message())
        .startsWith("2 validation errors detected: ")
        .contains("Member must have length less than or equal to 1500");
    assertThat(list(ListEventTrackersRequest.newBuilder().setNextToken("x".repeat(1500))).reason())
        .isEqualTo("NEXT_TOKEN_INVALID");
  }

  private Refusal delete(DeleteEventTrackerRequest request) {
    return refusal(() -> server.trackers("anna").deleteEventTracker(request));
  }

  private Refusal create(CreateEventTrackerRequest.Builder request) {
    return refusal(() -> server.trackers("anna").createEventTracker(request.build()));
  }

  private Refusal list(ListEventTrackersRequest.Builder request) {
    return refusal(() -> server.trackers("anna").listEventTrackers(request.build()));
  }

  private Refusal named(String name) {
    return create(valid().setName(name));
  }

  private CreateEventTrackerRequest.Builder valid() {
    return CreateEventTrackerRequest.newBuilder().setName("n").setDatasetGroupArn(group);
  }
}
