package dev.trackerd.gateway.aws;

import dev.trackerd.gateway.v1.OptionsProto;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The operations that AWS' SDKs can call: {@code POST /} with {@code X-Amz-RequestTarget:
 * AmazonPersonalize.X} is the RPC named X. Immutable and thread-safe.
 */
final class AwsOperations {

  /** The header that names the operation, in lower case. */
  static final String TARGET = "x-amz-target";

  /** The media type of requests and of answers. */
  static final String MEDIA_TYPE = "application/x-amz-json-1.1";

  /** The longest body of a request, in bytes. */
  static final int MAX_BODY_BYTES = 1_048_576;

  /** Where all operations are called. */
  static final String PATH = "/";

  // targetPrefix in the service model that all AWS SDKs are generated from.
  private static final String PREFIX = "AmazonPersonalize.";
  private static final String METHOD = "POST";

  private final Map<String, AwsOperation> operations;

  private AwsOperations(Map<String, AwsOperation> operations) {
    this.operations = Map.copyOf(operations);
  }

  /**
   * Finds the methods that are marked {@code aws_json} in their {@code gateway.v1.http} option.
   *
   * @param services as protoc's gRPC plugin generates them
   * @throws IllegalArgumentException if two operations have one name, or one has a field that the
   *     dialect can't show; names it
   */
  static AwsOperations of(Collection<ServiceDescriptor> services) {
    Map<String, AwsOperation> operations = new HashMap<>();
    for (ServiceDescriptor service : services) {
      for (MethodDescriptor<?, ?> rpc : service.getMethods()) {
        if (isOperation(rpc)
            && operations.put(rpc.getBareMethodName(), AwsOperation.of(rpc)) != null) {
          throw new IllegalArgumentException(
              rpc.getFullMethodName() + ": another operation has the same name");
        }
      }
    }
    return new AwsOperations(operations);
  }

  /**
   * Returns whether a request is to be answered in this dialect, be it with a failure.
   *
   * @param path as received, without the query
   * @param named whether the request has the header {@link #TARGET}
   */
  static boolean isMeant(String method, String path, boolean named) {
    return named || isPlace(method, path);
  }

  /**
   * Returns whether a request has the method, the path and the type that all requests of this
   * dialect have.
   *
   * @param contentType the header's value, parameters included, or null
   */
  static boolean fits(String method, String path, String contentType) {
    return isPlace(method, path) && contentType != null && essence(contentType).equals(MEDIA_TYPE);
  }

  /**
   * Returns the operation that a request names.
   *
   * @param targets all values of the header {@link #TARGET}
   */
  Optional<AwsOperation> find(List<String> targets) {
    if (targets.size() != 1 || !targets.get(0).startsWith(PREFIX)) {
      return Optional.empty();
    }
    return Optional.ofNullable(operations.get(targets.get(0).substring(PREFIX.length())));
  }

  private static boolean isOperation(MethodDescriptor<?, ?> rpc) {
    return rpc.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
        && schema.getMethodDescriptor().getOptions().getExtension(OptionsProto.http).getAwsJson();
  }

  private static boolean isPlace(String method, String path) {
    return method.equals(METHOD) && path.equals(PATH);
  }

  private static String essence(String contentType) {
    int parameters = contentType.indexOf(';');
    String essence = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return essence.strip().toLowerCase(Locale.ROOT);
  }
}
