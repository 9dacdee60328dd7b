package dev.trackerd.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.FloatValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt64Value;
import com.google.rpc.RetryInfo;
import dev.trackerd.v1.DescribeEventTrackerResponse;
import dev.trackerd.v1.EventTracker;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShapesTest {

  @Test
  void of_returnsAllTypesThatAMessageHolds() {
    assertThat(Shapes.of(DescribeEventTrackerResponse.getDescriptor()))
        .containsExactly(
            DescribeEventTrackerResponse.getDescriptor(), EventTracker.getDescriptor());
    assertThat(Shapes.of(BoolValue.getDescriptor())).containsExactly(BoolValue.getDescriptor());
  }

  @Test
  void of_typesThatTheDialectHasNoFormFor_areRefused() {
    List<Descriptor> types =
        List.of(
            FloatValue.getDescriptor(),
            UInt64Value.getDescriptor(),
            Struct.getDescriptor(),
            RetryInfo.getDescriptor(),
            FieldDescriptorProto.getDescriptor());

    for (Descriptor type : types) {
      assertThatThrownBy(() -> Shapes.of(type))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(type.getFullName() + ".");
    }
  }
}
