package dev.trackerd.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.TagServiceGrpc;
import dev.trackerd.v1.TokenServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc;
import io.grpc.ServiceDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AwsOperationsTest {

  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          TrackerServiceGrpc.getServiceDescriptor(),
          DatasetServiceGrpc.getServiceDescriptor(),
          TagServiceGrpc.getServiceDescriptor(),
          TokenServiceGrpc.getServiceDescriptor());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateEventTracker",
        "DescribeEventTracker",
        "ListEventTrackers",
        "DeleteEventTracker",
        "CreateDatasetGroup",
        "DescribeDatasetGroup",
        "ListDatasetGroups",
        "ListDatasets",
        "DeleteDatasetGroup",
        "DescribeDataset",
        "ListTagsForResource",
        "TagResource",
        "UntagResource"
      })
  void find_returnsTheRpcOfThatName(String name) {
    AwsOperations dialect = AwsOperations.of(SERVICES);

    assertThat(dialect.find(List.of("AmazonPersonalize." + name)))
        .hasValueSatisfying(
            operation -> assertThat(operation.rpc().getBareMethodName()).isEqualTo(name));
  }

  @Test
  void of_twoOperationsOfOneName_isRefused() {
    ServiceDescriptor datasets = DatasetServiceGrpc.getServiceDescriptor();

    assertThatThrownBy(() -> AwsOperations.of(List.of(datasets, datasets)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("tracker.v1.DatasetService/\\w+: another operation has the same name");
  }

  @Test
  void of_noServices_hasNoOperations() {
    assertThat(AwsOperations.of(List.of()).find(List.of("AmazonPersonalize.ListDatasets")))
        .isEmpty();
  }
}
