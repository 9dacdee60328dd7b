package dev.trackerd.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.gateway.desk.DeskServiceGrpc;
import dev.trackerd.gateway.desk.MisspeltServiceGrpc;
import dev.trackerd.gateway.desk.StreamingServiceGrpc;
import dev.trackerd.gateway.desk.UnbalancedServiceGrpc;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestRoutesTest {

  @Test
  void of_findsEveryRule() {
    RestRoutes routes = RestRoutes.of(List.of(DeskServiceGrpc.getServiceDescriptor()));
    assertThat(routes.methods("/v1/notes")).containsExactly("GET", "POST");
    assertThat(routes.methods("/v1/notes/7")).containsExactly("DELETE", "GET", "PATCH", "PUT");
    assertThat(routes.methods("/desk:open")).containsExactly("POST");
    assertThat(routes.methods("/v1")).isEmpty();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(MisspeltServiceGrpc.getServiceDescriptor(), "MisspeltService", "noteid"),
        Arguments.of(UnbalancedServiceGrpc.getServiceDescriptor(), "UnbalancedService", "{note_id"),
        Arguments.of(StreamingServiceGrpc.getServiceDescriptor(), "StreamingService", "stream"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void of_namesAWrongRule(ServiceDescriptor service, String name, String what) {
    assertThatThrownBy(() -> RestRoutes.of(List.of(service)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(what);
  }

  @Test
  void of_refusesOneServiceTwice() {
    ServiceDescriptor desk = DeskServiceGrpc.getServiceDescriptor();
    assertThatThrownBy(() -> RestRoutes.of(List.of(desk, desk)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DeskService");
  }
}
