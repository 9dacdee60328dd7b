package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerFixture.ARNS;
import static dev.trackerd.server.event.EventTrackerFixture.invalid;
import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.Dataset;
import dev.trackerd.v1.DatasetGroup;
import dev.trackerd.v1.DeleteDatasetGroupRequest;
import dev.trackerd.v1.DescribeDatasetGroupRequest;
import dev.trackerd.v1.DescribeDatasetRequest;
import dev.trackerd.v1.ListDatasetsRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dataset group was made with, its dataset and its end. */
class DatasetGroupLifeTest {
  private static final double NOW = 1_795_176_000.75;
  private static final String ROLE = "arn:aws:iam::111111111111:role/reader";
  private static final String KEY = "arn:aws:kms:us-east-1:111111111111:key/k";

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
  void describeDatasetGroup_showsRoleAndKey() {
    var request = CreateDatasetGroupRequest.newBuilder().setName("g").setRoleArn(ROLE);
    String arn =
        server
            .datasets("anna")
            .createDatasetGroup(request.setKmsKeyArn(KEY).build())
            .getDatasetGroupArn();
    DatasetGroup group =
        server
            .datasets("anna")
            .describeDatasetGroup(
                DescribeDatasetGroupRequest.newBuilder().setDatasetGroupArn(arn).build())
            .getDatasetGroup();
    assertThat(group.getRoleArn()).isEqualTo(ROLE);
    assertThat(group.getKmsKeyArn()).isEqualTo(KEY);
  }

  @Test
  void createDatasetGroup_checksRoleAndKey() {
    var request = CreateDatasetGroupRequest.newBuilder().setName("g");
    assertThat(refusal(() -> create(request.setRoleArn(ROLE))))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value null at 'kmsKeyArn'",
                "Member must not be null when roleArn is given"));
    assertThat(refusal(() -> create(request.clearRoleArn().setKmsKeyArn(KEY))))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value null at 'roleArn'",
                "Member must not be null when kmsKeyArn is given"));
    assertThat(refusal(() -> create(request.setRoleArn("arn:aws:iam::1:role/r"))))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value 'arn:aws:iam::1:role/r' at 'roleArn'",
                "Member must satisfy regular expression pattern:"
                    + " arn:([a-z\\d-]+):iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+"));
    assertThat(refusal(() -> create(request.setRoleArn(ROLE).setKmsKeyArn("k"))).message())
        .endsWith(
            "'kmsKeyArn' failed to satisfy constraint: Member must satisfy regular expression"
                + " pattern: arn:aws.*:kms:.*:[0-9]{12}:key/.*");
    assertThat(refusal(() -> create(request.setKmsKeyArn(KEY + "k".repeat(2048)))).message())
        .endsWith("Member must have length less than or equal to 2048");
    create(request.setKmsKeyArn(KEY));
  }

  @Test
  void describeDataset_showsTheDatasetOfAGroup() {
    server.create("g");
    String arn = ARNS + "dataset/g/EVENT_INTERACTIONS";
    assertThat(dataset("anna", arn))
        .isEqualTo(
            Dataset.newBuilder()
                .setName("g/EVENT_INTERACTIONS")
                .setDatasetArn(arn)
                .setDatasetGroupArn(ARNS + "dataset-group/g")
                .setDatasetType("EVENT_INTERACTIONS")
                .setStatus("ACTIVE")
                .setCreationDateTime(NOW)
                .setLastUpdatedDateTime(NOW)
                .build());
    for (String none : List.of(ARNS + "dataset/g/ITEMS", ARNS + "dataset-group/g", arn + "/x")) {
      assertThat(refusal(() -> dataset("anna", none)))
          .isEqualTo(
              new Refusal(
                  NOT_FOUND,
                  "RESOURCE_NOT_FOUND",
                  "Could not find the specified resource: " + none));
    }
    assertThat(refusal(() -> dataset("bert", arn)).reason()).isEqualTo("ACCOUNT_MISMATCH");
  }

  @Test
  void deleteDatasetGroup_needsNoEventTrackerAndTakesTheDataset() {
    String tracker = server.create("g").getEventTrackerArn();
    String arn = ARNS + "dataset-group/g";
    assertThat(refusal(() -> delete("anna", arn)))
        .isEqualTo(
            new Refusal(FAILED_PRECONDITION, "RESOURCE_IN_USE", "Resource " + arn + " is in use"));
    server.delete(tracker);
    assertThat(refusal(() -> delete("bert", arn)).reason()).isEqualTo("ACCOUNT_MISMATCH");
    assertThat(dataset("anna", ARNS + "dataset/g/EVENT_INTERACTIONS").getStatus())
        .isEqualTo("ACTIVE");
    assertThat(delete("anna", arn)).isEqualTo(Empty.getDefaultInstance());
    assertThat(refusal(() -> delete("anna", arn)))
        .isEqualTo(
            new Refusal(
                NOT_FOUND, "RESOURCE_NOT_FOUND", "Could not find the specified resource: " + arn));
    assertThat(
            server
                .datasets("anna")
                .listDatasets(ListDatasetsRequest.getDefaultInstance())
                .getDatasetsList())
        .isEmpty();
    server.create("g");
  }

  private void create(CreateDatasetGroupRequest.Builder request) {
    var unused = server.datasets("anna").createDatasetGroup(request.build());
  }

  private Empty delete(String keyId, String arn) {
    return server
        .datasets(keyId)
        .deleteDatasetGroup(DeleteDatasetGroupRequest.newBuilder().setDatasetGroupArn(arn).build());
  }

  private Dataset dataset(String keyId, String arn) {
    return server
        .datasets(keyId)
        .describeDataset(DescribeDatasetRequest.newBuilder().setDatasetArn(arn).build())
        .getDataset();
  }
}
