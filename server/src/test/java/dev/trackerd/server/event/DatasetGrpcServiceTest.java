package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerFixture.ARNS;
import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.PERMISSION_DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateDatasetGroupResponse;
import dev.trackerd.v1.DatasetGroup;
import dev.trackerd.v1.DatasetGroupSummary;
import dev.trackerd.v1.DatasetSummary;
import dev.trackerd.v1.DescribeDatasetGroupRequest;
import dev.trackerd.v1.ListDatasetGroupsRequest;
import dev.trackerd.v1.ListDatasetGroupsResponse;
import dev.trackerd.v1.ListDatasetsRequest;
import dev.trackerd.v1.ListDatasetsResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dataset groups and datasets behind the interceptors of production. */
class DatasetGrpcServiceTest {
  private static final double NOW = 1_795_176_000.75;

  @TempDir Path directory;
  private EventTrackerFixture server;

  @BeforeEach
  void start() {
    server = new EventTrackerFixture(directory, EventTrackerRules.NONE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void createDatasetGroup_isShownByDescribeAndList() {
    var request = CreateDatasetGroupRequest.newBuilder().setName("shop").setDomain("ECOMMERCE");
    String arn = ARNS + "dataset-group/shop";
    assertThat(server.datasets("anna").createDatasetGroup(request.build()))
        .isEqualTo(
            CreateDatasetGroupResponse.newBuilder()
                .setDatasetGroupArn(arn)
                .setDomain("ECOMMERCE")
                .build());
    assertThat(describe("anna", arn))
        .isEqualTo(
            DatasetGroup.newBuilder()
                .setName("shop")
                .setDatasetGroupArn(arn)
                .setStatus("ACTIVE")
                .setDomain("ECOMMERCE")
                .setCreationDateTime(NOW)
                .setLastUpdatedDateTime(NOW)
                .build());
    server.group("plain");
    assertThat(groups(ListDatasetGroupsRequest.getDefaultInstance()))
        .isEqualTo(
            ListDatasetGroupsResponse.newBuilder()
                .addDatasetGroups(summary("shop").setDomain("ECOMMERCE"))
                .addDatasetGroups(summary("plain"))
                .build());
  }

  @Test
  void createDatasetGroup_refusesANameTwice() {
    String arn = server.group("g");
    assertThat(refusal(() -> server.group("g")))
        .isEqualTo(
            new Refusal(
                ALREADY_EXISTS,
                "DATASET_GROUP_EXISTS",
                "Another resource with Arn " + arn + " already exists."));
  }

  @Test
  void describeDatasetGroup_refusesWhatIsNotThereOrNotTheirs() {
    String arn = server.group("g");
    for (String none :
        List.of(ARNS + "dataset-group/none", ARNS + "event-tracker/g", arn + "/x", arn + "G")) {
      assertThat(refusal(() -> describe("anna", none)))
          .isEqualTo(
              new Refusal(
                  NOT_FOUND,
                  "RESOURCE_NOT_FOUND",
                  "Could not find the specified resource: " + none));
    }
    assertThat(refusal(() -> describe("bert", arn)))
        .isEqualTo(
            new Refusal(
                PERMISSION_DENIED,
                "ACCOUNT_MISMATCH",
                "User: arn:aws:iam::222222222222:user/bert is not authorized to perform:"
                    + " personalize:DescribeDatasetGroup on resource: "
                    + arn));
  }

  @Test
  void listDatasets_showsTheEventInteractionsBeforeAndAfterDelete() {
    server.group("other");
    assertThat(datasets("g").getDatasetsList()).isEmpty();
    String tracker = server.create("g").getEventTrackerArn();
    ListDatasetsResponse expected =
        ListDatasetsResponse.newBuilder()
            .addDatasets(
                DatasetSummary.newBuilder()
                    .setName("g/EVENT_INTERACTIONS")
                    .setDatasetArn(ARNS + "dataset/g/EVENT_INTERACTIONS")
                    .setDatasetType("EVENT_INTERACTIONS")
                    .setStatus("ACTIVE")
                    .setCreationDateTime(NOW)
                    .setLastUpdatedDateTime(NOW))
            .build();
    assertThat(datasets("g")).isEqualTo(expected);
    server.time.pass(Duration.ofMinutes(1));
    server.delete(tracker);
    assertThat(datasets("g")).isEqualTo(expected);
    var again = EventTrackerFixture.in(ARNS + "dataset-group/g", "again");
    assertThat(server.trackers("anna").createEventTracker(again).getEventTrackerArn())
        .isNotEqualTo(tracker);
    assertThat(datasets("g")).isEqualTo(expected);
    assertThat(server.datasets("anna").listDatasets(ListDatasetsRequest.getDefaultInstance()))
        .isEqualTo(expected);
    assertThat(server.datasets("bert").listDatasets(ListDatasetsRequest.getDefaultInstance()))
        .isEqualTo(ListDatasetsResponse.getDefaultInstance());
  }

  @Test
  void lists_walkPagesByTokensOfTheirOwn() {
    server.create("b");
    server.create("a");
    var first = groups(ListDatasetGroupsRequest.newBuilder().setMaxResults(1).build());
    assertThat(first.getDatasetGroupsList())
        .extracting(DatasetGroupSummary::getName)
        .containsExactly("b");
    String token = first.getNextToken();
    var second = groups(ListDatasetGroupsRequest.newBuilder().setNextToken(token).build());
    assertThat(second.getDatasetGroupsList())
        .extracting(DatasetGroupSummary::getName)
        .containsExactly("a");
    assertThat(second.hasNextToken()).isFalse();
    var stolen = ListDatasetsRequest.newBuilder().setNextToken(token).build();
    assertThat(refusal(() -> server.datasets("anna").listDatasets(stolen)))
        .isEqualTo(new Refusal(INVALID_ARGUMENT, "NEXT_TOKEN_INVALID", "The token is not valid."));
    var page = ListDatasetsRequest.newBuilder().setMaxResults(1);
    var datasets = server.datasets("anna").listDatasets(page.build());
    var rest =
        server.datasets("anna").listDatasets(page.setNextToken(datasets.getNextToken()).build());
    assertThat(rest.getDatasetsList())
        .extracting(DatasetSummary::getName)
        .containsExactly("a/EVENT_INTERACTIONS");
    assertThat(rest.hasNextToken()).isFalse();
  }

  private DatasetGroup describe(String keyId, String arn) {
    return server
        .datasets(keyId)
        .describeDatasetGroup(
            DescribeDatasetGroupRequest.newBuilder().setDatasetGroupArn(arn).build())
        .getDatasetGroup();
  }

  private ListDatasetGroupsResponse groups(ListDatasetGroupsRequest request) {
    return server.datasets("anna").listDatasetGroups(request);
  }

  private ListDatasetsResponse datasets(String group) {
    return server
        .datasets("anna")
        .listDatasets(
            ListDatasetsRequest.newBuilder()
                .setDatasetGroupArn(ARNS + "dataset-group/" + group)
                .build());
  }

  private static DatasetGroupSummary.Builder summary(String name) {
    return DatasetGroupSummary.newBuilder()
        .setName(name)
        .setDatasetGroupArn(ARNS + "dataset-group/" + name)
        .setStatus("ACTIVE")
        .setCreationDateTime(NOW)
        .setLastUpdatedDateTime(NOW);
  }
}
