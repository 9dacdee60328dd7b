package dev.trackerd.gateway;

import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.TagServiceGrpc;
import dev.trackerd.v1.TokenServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc;
import io.grpc.ServiceDescriptor;
import java.util.List;

/**
 * Trackerd's own services, for {@link GatewayConfig}: a gateway by itself and one inside a server
 * serve the same.
 */
public final class ServedServices {

  /** All that have rules for HTTP. */
  public static final List<ServiceDescriptor> ALL =
      List.of(
          TrackerServiceGrpc.getServiceDescriptor(),
          DatasetServiceGrpc.getServiceDescriptor(),
          TagServiceGrpc.getServiceDescriptor(),
          TokenServiceGrpc.getServiceDescriptor());

  private ServedServices() {}
}
