package dev.trackerd.gateway.transcode;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.DebugInfo;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.Status;
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

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .usingTypeRegistry(TYPES)
          .includingDefaultValueFields(Set.copyOf(Status.getDescriptor().getFields()))
          .omittingInsignificantWhitespace();

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
    try {
      return PlainJson.utf8(PRINTER.print(known));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a status of known details has a JSON form", e);
    }
  }

  private static boolean isPrintable(Any detail) {
    try {
      // The registry alone would not do: with one type it takes in all types of its file.
      Descriptor type = TYPES.getDescriptorForTypeUrl(detail.getTypeUrl());
      return type != null && DETAILS.contains(type) && !PRINTER.print(detail).isEmpty();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return false; // Malformed bytes, or a Duration beyond its range.
    }
  }
}
