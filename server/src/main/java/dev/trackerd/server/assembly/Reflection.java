package dev.trackerd.server.assembly;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorDetailsProto;
import dev.trackerd.v1.TokenServiceGrpc;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What clients without the .proto files can ask a server for. The services are shown with the
 * details that their failures carry, which no RPC names and clients could not print otherwise, and
 * without the RPC that only gateways call.
 */
final class Reflection {
  private static final Set<String> HIDDEN =
      Set.of(TokenServiceGrpc.getExchangeSignatureMethod().getFullMethodName());

  private Reflection() {}

  /** Both versions of the service: grpcurl asks for v1 first, older tools for v1alpha only. */
  @SuppressWarnings("deprecation")
  static List<BindableService> services() {
    return List.of(
        ProtoReflectionServiceV1.newInstance(),
        io.grpc.protobuf.services.ProtoReflectionService.newInstance());
  }

  /** The same service with all its RPCs, which reflection shows as described. */
  static ServerServiceDefinition shown(ServerServiceDefinition service) {
    ServiceDescriptor descriptor = service.getServiceDescriptor();
    FileDescriptor file =
        shown(((ProtoFileDescriptorSupplier) descriptor.getSchemaDescriptor()).getFileDescriptor());
    ServiceDescriptor.Builder copy =
        ServiceDescriptor.newBuilder(descriptor.getName())
            .setSchemaDescriptor((ProtoFileDescriptorSupplier) () -> file);
    for (MethodDescriptor<?, ?> method : descriptor.getMethods()) {
      copy.addMethod(method);
    }
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(copy.build());
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      definition.addMethod(method);
    }
    return definition.build();
  }

  private static FileDescriptor shown(FileDescriptor file) {
    FileDescriptor details = ErrorDetailsProto.getDescriptor();
    FileDescriptorProto.Builder proto = file.toProto().toBuilder().addDependency(details.getName());
    proto
        .getServiceBuilderList()
        .forEach(
            service -> {
              String prefix = proto.getPackage() + "." + service.getName() + "/";
              for (int i = service.getMethodCount() - 1; i >= 0; i--) {
                if (HIDDEN.contains(prefix + service.getMethod(i).getName())) {
                  service.removeMethod(i);
                }
              }
            });
    FileDescriptor[] imports =
        Stream.concat(file.getDependencies().stream(), Stream.of(details))
            .toArray(FileDescriptor[]::new);
    try {
      return FileDescriptor.buildFrom(proto.build(), imports);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(file.getName() + ": can't be shown", e);
    }
  }
}
