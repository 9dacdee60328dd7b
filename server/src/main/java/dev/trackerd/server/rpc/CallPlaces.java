package dev.trackerd.server.rpc;

import dev.trackerd.server.store.AccountId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The places for calls whose request is whole. A call takes one before it costs anything and keeps
 * it until its stream ends, however it ends. Thread-safe.
 */
final class CallPlaces {
  /** Requests up to this size need no room among the large ones. */
  private static final int SMALL_REQUEST = 16 << 10;

  private final CallLimits limits;
  private final Map<AccountId, Tenant> tenants = new HashMap<>();
  private int inUse;
  private int anonymous;
  private long requestBytes;

  CallPlaces(CallLimits limits) {
    this.limits = limits;
  }

  /**
   * Gives {@code call} a place.
   *
   * @param account whose call it is; empty for a caller without a credential
   * @return what stands in the way, in words for the log; empty if it has the place
   */
  synchronized Optional<String> take(OpenCall call, Optional<AccountId> account) {
    if (call.closed) {
      return Optional.of("the caller has gone");
    }
    Tenant tenant = account.map(id -> tenants.getOrDefault(id, new Tenant())).orElse(null);
    Optional<String> obstacle = obstacle(call, tenant);
    if (obstacle.isEmpty()) {
      call.placed = true;
      call.account = account.orElse(null);
      call.tenant = tenant;
      count(call, 1);
      account.ifPresent(id -> tenants.put(id, tenant));
    }
    return obstacle;
  }

  /** Takes note that the stream of {@code call} has ended, once. */
  synchronized void giveBack(OpenCall call) {
    call.closed = true;
    if (call.placed) {
      call.placed = false;
      count(call, -1);
      if (call.tenant != null && call.tenant.places == 0) {
        tenants.remove(call.account);
      }
    }
  }

  synchronized int inUse() {
    return inUse;
  }

  private Optional<String> obstacle(OpenCall call, Tenant tenant) {
    if (inUse >= limits.places()) {
      return Optional.of("no place is free");
    }
    if (call.peer != null && call.peer.places >= limits.connectionPlaces()) {
      return Optional.of("its connection has its share");
    }
    if (tenant == null) {
      return anonymous >= limits.anonymousPlaces()
          ? Optional.of("callers without a credential have their share")
          : Optional.empty();
    }
    if (tenant.places >= limits.accountPlaces(inUse > tenant.places)) {
      return Optional.of("its account has its share");
    }
    return fits(call, tenant) ? Optional.empty() : Optional.of("large requests have their share");
  }

  private boolean fits(OpenCall call, Tenant tenant) {
    return call.requestBytes <= SMALL_REQUEST
        || (requestBytes + call.requestBytes <= limits.requestBytes()
            && tenant.requestBytes + call.requestBytes <= limits.requestBytes() / 2);
  }

  private void count(OpenCall call, int sign) {
    inUse += sign;
    requestBytes += sign * call.requestBytes;
    if (call.peer != null) {
      call.peer.places += sign;
    }
    if (call.tenant == null) {
      anonymous += sign;
    } else {
      call.tenant.places += sign;
      call.tenant.requestBytes += sign * call.requestBytes;
    }
  }
}
