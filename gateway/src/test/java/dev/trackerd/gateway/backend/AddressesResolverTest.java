package dev.trackerd.gateway.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressesResolverTest {

  private final SynchronizationContext context =
      new SynchronizationContext(
          (thread, failure) -> {
            throw new AssertionError(failure);
          });
  private final SettableResolver one = new SettableResolver();
  private final SettableResolver two = new SettableResolver();
  private final AddressesResolver resolver = new AddressesResolver(List.of(one, two), context);
  private final List<Object> told = new ArrayList<>();

  @BeforeEach
  void start() {
    resolver.start(new Told());
  }

  @Test
  void addresses_areThoseOfAll_eachOnce() {
    one.find(1, 2);
    two.find(2, 3);
    assertThat(told).containsExactly(ports(1, 2), ports(1, 2, 3));
  }

  @Test
  void addresses_changeWithEach() {
    one.find(1);
    two.find(2);
    one.find(4);
    assertThat(told.get(2)).isEqualTo(ports(4, 2));
  }

  @Test
  void failure_isToldWhenNoneIsLeftToWaitFor() {
    one.fail();
    assertThat(told).isEmpty();
    two.fail();
    assertThat(told).containsExactly(Status.UNAVAILABLE);
    two.find(2);
    assertThat(told).containsExactly(Status.UNAVAILABLE, ports(2));
  }

  @Test
  void failure_leavesWhatWasKnown() {
    one.find(1);
    two.find(2);
    one.fail();
    assertThat(told.get(2)).isEqualTo(ports(1, 2));
  }

  @Test
  void refreshAndShutdown_reachAll() {
    resolver.refresh();
    resolver.shutdown();
    assertThat(List.of(one, two)).allMatch(part -> part.refreshed == 1 && part.closed);
    assertThat(resolver.getServiceAuthority()).isEqualTo("authority");
  }

  private static List<EquivalentAddressGroup> ports(int... ports) {
    List<EquivalentAddressGroup> addresses = new ArrayList<>();
    for (int port : ports) {
      addresses.add(new EquivalentAddressGroup(new InetSocketAddress("127.0.0.1", port)));
    }
    return addresses;
  }

  /** A resolver that finds what the test says. */
  private final class SettableResolver extends NameResolver {

    private Listener2 listener;
    private int refreshed;
    private boolean closed;

    void find(int... ports) {
      tell(StatusOr.fromValue(ports(ports)));
    }

    void fail() {
      tell(StatusOr.fromStatus(Status.UNAVAILABLE));
    }

    private void tell(StatusOr<List<EquivalentAddressGroup>> result) {
      ResolutionResult found = ResolutionResult.newBuilder().setAddressesOrError(result).build();
      context.execute(() -> listener.onResult2(found));
    }

    @Override
    public String getServiceAuthority() {
      return "authority";
    }

    @Override
    public void start(Listener2 told) {
      listener = told;
    }

    @Override
    public void refresh() {
      refreshed++;
    }

    @Override
    public void shutdown() {
      closed = true;
    }
  }

  /** What a channel would be told. */
  private final class Told extends NameResolver.Listener2 {

    @Override
    public void onResult(NameResolver.ResolutionResult result) {
      throw new AssertionError("onResult2 is for the context");
    }

    @Override
    public void onError(Status error) {
      throw new AssertionError(error);
    }

    @Override
    public Status onResult2(NameResolver.ResolutionResult result) {
      StatusOr<List<EquivalentAddressGroup>> all = result.getAddressesOrError();
      told.add(all.hasValue() ? all.getValue() : all.getStatus());
      return Status.OK;
    }
  }
}
