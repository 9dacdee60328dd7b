package dev.trackerd.server.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real server and channel inside the process, with the admission of production. */
public final class InProcess implements AutoCloseable {
  public final ManagedChannel channel;
  private final Lanes lanes =
      new Lanes(
          LaneLimits.ofProcessors(),
          name -> work -> Executors.defaultThreadFactory().newThread(work));
  private final Server server;

  /** Serves what {@code services} binds. */
  public InProcess(Function<Admission, List<ServerServiceDefinition>> services) {
    Admission admission = new Admission(CallLimits.of(64 << 20), lanes, System::nanoTime);
    String name = UUID.randomUUID().toString();
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
    admission.guard(builder, services.apply(admission));
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  /** The metadata that a caller with that token sends. */
  public static Metadata bearer(String token) {
    return header("authorization", "Bearer " + token);
  }

  public static Metadata header(String name, String value) {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return metadata;
  }

  /** The stable reason in a failure's details. */
  public static String reason(StatusRuntimeException failure) {
    try {
      for (Any detail : StatusProto.fromThrowable(failure).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("no ErrorInfo in " + failure);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    lanes.close();
  }
}
