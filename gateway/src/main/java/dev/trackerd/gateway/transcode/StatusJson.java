package dev.trackerd.gateway.transcode;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.rpc.DebugInfo;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.Status;
import dev.trackerd.gateway.json.JsonWriter;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON form of an error, the same for every error of the gateway (AIP-193). Stateless and
 * thread-safe.
 */
public final class StatusJson {
  /** All of google/rpc/error_details.proto but DebugInfo: stack traces are for nobody outside. */
  private static final Set<Descriptor> DETAILS =
      ErrorDetailsProto.getDescriptor().getMessageTypes().stream()
          .filter(type -> !type.equals(DebugInfo.getDescriptor()))
          .collect(Collectors.toUnmodifiableSet());

  private static final TypeRegistry TYPES = TypeRegistry.newBuilder().add(DETAILS).build();

  private static final JsonWriter WRITER =
      JsonWriter.of(Status.getDescriptor(), Set.copyOf(Status.getDescriptor().getFields()), TYPES);

  private StatusJson() {}

  /**
   * Returns a status as compact JSON in UTF-8: {@code
   * {"code":5,"message":"…","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",…}]}}.
   * All three members are always there. Details that are not of google/rpc/error_details.proto, or
   * malformed, are dropped, and so is DebugInfo.
   */
  public static byte[] print(Status status) {
    Status.Builder known = status.toBuilder().clearDetails();
    status.getDetailsList().stream().filter(StatusJson::isPrintable).forEach(known::addDetails);
    return WRITER.write(known.build());
  }

  private static boolean isPrintable(Any detail) {
    try {
      // The registry alone would not do: with one type it takes in all types of its file.
      Descriptor type = TYPES.getDescriptorForTypeUrl(detail.getTypeUrl());
      return type != null
          && DETAILS.contains(type)
          && WRITER.write(Status.newBuilder().addDetails(detail).build()).length > 0;
    } catch (InvalidProtocolBufferException | IllegalStateException e) {
      return false; // Malformed bytes, or a Duration beyond its range.
    }
  }
}
