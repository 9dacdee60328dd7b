package dev.trackerd.gateway.backend;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import java.net.URI;

/** Makes an {@link AddressesResolver} of a target of {@link BackendAddresses}. Thread-safe. */
final class AddressesResolverProvider extends NameResolverProvider {

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Below gRPC's own 5: a target without a scheme is a name. */
  @Override
  protected int priority() {
    return 4;
  }

  @Override
  public String getDefaultScheme() {
    return BackendAddresses.SCHEME;
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    if (!BackendAddresses.SCHEME.equals(target.getScheme())) {
      return null;
    }
    NameResolver.Factory names = NameResolverRegistry.getDefaultRegistry().asFactory();
    return new AddressesResolver(
        BackendAddresses.targets(target).stream()
            .map(entry -> names.newNameResolver(entry, args))
            .toList(),
        args.getSynchronizationContext());
  }
}
