package dev.trackerd.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.gateway.desk.DeskServiceGrpc;
import dev.trackerd.gateway.desk.GetNoteRequest;
import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WellServersIT {

  @Test
  void nameThatMoves_isFollowed() throws Exception {
    WellServersProvider policy = new WellServersProvider();
    LoadBalancerRegistry.getDefaultRegistry().register(policy);
    try (FreezableServer a = FreezableServer.open("a");
        FreezableServer b = FreezableServer.open("b");
        FreezableServer c = FreezableServer.open("c")) {
      SettableNames names = new SettableNames(a.port(), b.port());
      NameResolverRegistry.getDefaultRegistry().register(names);
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(SettableNames.SCHEME + ":///all")
              .usePlaintext()
              .defaultLoadBalancingPolicy(policy.getPolicyName())
              .build();
      Reconnector reconnector = new Reconnector(channel, Duration.ofMillis(50));
      try {
        await(() -> asked(channel).equals(Set.of("a", "b")));
        names.set(c.port(), b.port());
        await(() -> asked(channel).equals(Set.of("b", "c")));
        // Not at once: gRPC leaves what is under way some time.
        await(() -> a.connections.get() == 0);
        names.set();
        a.calls.set(0);
        assertThat(asked(channel)).isEqualTo(Set.of("b", "c"));
        assertThat(a.calls).hasValue(0);
      } finally {
        reconnector.close();
        channel.shutdownNow();
        NameResolverRegistry.getDefaultRegistry().deregister(names);
      }
      assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      await(() -> b.connections.get() + c.connections.get() == 0);
    } finally {
      LoadBalancerRegistry.getDefaultRegistry().deregister(policy);
    }
  }

  private static Set<String> asked(ManagedChannel channel) {
    DeskServiceGrpc.DeskServiceBlockingStub desk =
        DeskServiceGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofSeconds(10));
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < 6; i++) {
      names.add(desk.getNote(GetNoteRequest.newBuilder().setNoteId("now").build()).getText());
    }
    return names;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come");
      }
      Thread.onSpinWait();
    }
  }
}
