package dev.trackerd.server.rpc;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.InputStream;

/**
 * Every method that no service has, so that calls of these pass the interceptors too: gRPC itself
 * would answer them with neither a request id nor a log line. Thread-safe.
 */
final class UnknownMethods extends HandlerRegistry {
  // Whoever calls chooses the name, which goes to the log.
  private static final int MAX_NAME = 128;

  @Override
  public ServerMethodDefinition<InputStream, InputStream> lookupMethod(
      String method, String authority) {
    String name = method.substring(0, Math.min(MAX_NAME, method.length()));
    return ServerMethodDefinition.create(
        MethodDescriptor.newBuilder(RawMessages.MARSHALLER, RawMessages.MARSHALLER)
            .setType(MethodType.UNKNOWN)
            .setFullMethodName(name)
            .build(),
        (call, headers) -> refuse(call, name));
  }

  private static ServerCall.Listener<InputStream> refuse(ServerCall<?, ?> call, String name) {
    call.close(Status.UNIMPLEMENTED.withDescription("Method not found: " + name), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
