package dev.trackerd.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreHealthTest {
  private volatile Throwable failure;

  @ParameterizedTest
  @ValueSource(
      classes = {
        IllegalStateException.class,
        StackOverflowError.class,
        LinkageError.class,
        AssertionError.class
      })
  void check_thatThrowsAnything_isNotServing_untilItThrowsNoMore(Class<? extends Throwable> type)
      throws Exception {
    try (StoreHealth health = new StoreHealth(List.of("a.Service"), this::check)) {
      assertThat(statusOf(health, "")).isEqualTo(ServingStatus.SERVING);

      failure = type.getDeclaredConstructor().newInstance();
      health.check();
      assertThat(statusOf(health, "")).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(statusOf(health, "a.Service")).isEqualTo(ServingStatus.NOT_SERVING);

      failure = null;
      health.check();
      assertThat(statusOf(health, "")).isEqualTo(ServingStatus.SERVING);
      assertThat(statusOf(health, "a.Service")).isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void close_isNotServingForGood() throws Exception {
    StoreHealth health = new StoreHealth(List.of(), this::check);

    health.close();
    health.check();

    assertThat(statusOf(health, "")).isEqualTo(ServingStatus.NOT_SERVING);
  }

  private void check() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private static ServingStatus statusOf(StoreHealth health, String service) throws Exception {
    String name = UUID.randomUUID().toString();
    var server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(health.service())
            .build()
            .start();
    var channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .check(HealthCheckRequest.newBuilder().setService(service).build())
          .getStatus();
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }
}
