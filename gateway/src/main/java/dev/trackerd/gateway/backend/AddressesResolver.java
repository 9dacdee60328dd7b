package dev.trackerd.gateway.backend;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Several resolvers as one: the addresses of all. One that fails leaves out nothing but its own,
 * and those only if it never had any. Belongs to the channel's synchronization context.
 */
final class AddressesResolver extends NameResolver {

  private final List<Part> parts;
  private final SynchronizationContext context;
  private Listener2 listener;

  /**
   * Makes one.
   *
   * @param resolvers at least one, not started
   */
  AddressesResolver(List<NameResolver> resolvers, SynchronizationContext context) {
    this.parts = resolvers.stream().map(Part::new).toList();
    this.context = context;
  }

  /** Of all only the first: servers that serve the same go by one name. */
  @Override
  public String getServiceAuthority() {
    return parts.get(0).resolver.getServiceAuthority();
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    parts.forEach(part -> part.resolver.start(part));
  }

  @Override
  public void refresh() {
    parts.forEach(part -> part.resolver.refresh());
  }

  @Override
  public void shutdown() {
    parts.forEach(part -> part.resolver.shutdown());
  }

  /** Tells what is known by now; a failure only when there is nothing else to wait for. */
  private Status tell() {
    Set<EquivalentAddressGroup> known = new LinkedHashSet<>();
    Status failure = null;
    boolean waiting = false;
    for (Part part : parts) {
      if (part.found == null) {
        waiting = true;
      } else if (part.found.hasValue()) {
        known.addAll(part.found.getValue());
      } else {
        failure = part.found.getStatus();
      }
    }
    if (known.isEmpty() && waiting) {
      return Status.OK;
    }
    StatusOr<List<EquivalentAddressGroup>> all =
        known.isEmpty() && failure != null
            ? StatusOr.fromStatus(failure)
            : StatusOr.fromValue(new ArrayList<>(known));
    return listener.onResult2(ResolutionResult.newBuilder().setAddressesOrError(all).build());
  }

  /** One of the resolvers, and what it has found; null until it has told anything. */
  private final class Part extends Listener2 {

    private final NameResolver resolver;
    private StatusOr<List<EquivalentAddressGroup>> found;

    Part(NameResolver resolver) {
      this.resolver = resolver;
    }

    @Override
    public void onResult(ResolutionResult result) {
      context.execute(() -> take(result.getAddressesOrError()));
    }

    @Override
    public Status onResult2(ResolutionResult result) {
      return take(result.getAddressesOrError());
    }

    @Override
    public void onError(Status error) {
      context.execute(() -> take(StatusOr.fromStatus(error)));
    }

    private Status take(StatusOr<List<EquivalentAddressGroup>> next) {
      if (found == null || next.hasValue() || !found.hasValue()) {
        found = next;
      }
      return tell();
    }
  }
}
