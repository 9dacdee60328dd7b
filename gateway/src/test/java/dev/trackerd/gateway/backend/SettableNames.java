package dev.trackerd.gateway.backend;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/** Resolves every name of its scheme to some ports of this machine. Thread-safe. */
final class SettableNames extends NameResolverProvider {

  static final String SCHEME = "settable";

  private volatile List<EquivalentAddressGroup> addresses;

  SettableNames(int... ports) {
    set(ports);
  }

  /** Says what the next look-up finds. */
  void set(int... ports) {
    addresses =
        IntStream.of(ports)
            .mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .map(EquivalentAddressGroup::new)
            .toList();
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new NameResolver() {
      private Listener2 told;

      @Override
      public String getServiceAuthority() {
        return "localhost";
      }

      @Override
      public void start(Listener2 listener) {
        told = listener;
        refresh();
      }

      @Override
      public void refresh() {
        told.onResult(
            ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(addresses))
                .build());
      }

      @Override
      public void shutdown() {}
    };
  }
}
