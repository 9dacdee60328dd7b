package dev.trackerd.gateway.backend;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;

/** Makes {@link WellServers}. Thread-safe. */
final class WellServersProvider extends LoadBalancerProvider {

  static final String NAME = "well_servers";

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return 5;
  }

  @Override
  public String getPolicyName() {
    return NAME;
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return new WellServers(helper);
  }
}
