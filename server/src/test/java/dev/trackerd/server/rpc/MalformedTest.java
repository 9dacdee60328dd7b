package dev.trackerd.server.rpc;

import static dev.trackerd.server.rpc.GuardedServer.SMALL;
import static dev.trackerd.server.rpc.GuardedServer.stub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no message, and messages that are too large once they are decompressed. */
class MalformedTest {
  private static final byte[] MALFORMED = {0x1f, 0x37};

  private final GuardedServer server = new GuardedServer(SMALL);
  private final ManagedChannel channel = server.channel();
  private final List<LogRecord> log = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
          log.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(listener);
  }

  @AfterEach
  void close() {
    Logger.getLogger("").removeHandler(listener);
    channel.shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {GuardedServer.HEALTH, "grpc.health.v1.Health/Watch", GuardedServer.LIST})
  void message_thatIsMalformed_isRefusedAndLeavesNothing(String method) {
    for (int i = 0; i < 3000; i++) {
      StatusRuntimeException refusal = refusal(method, MALFORMED, CallOptions.DEFAULT);
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(InProcess.reason(refusal)).isEqualTo("MESSAGE_MALFORMED");
    }

    server.assertIdle();
    assertThat(log).isEmpty();
    assertThat(stub(channel, "111111111111").listDatasets(GuardedServer.ofBytes(10)).getNextToken())
        .hasSize(10);
  }

  @Test
  void message_thatIsLargeAndMalformed_isRefusedToo() {
    byte[] large = new byte[100_000];
    large[0] = MALFORMED[0];
    large[1] = MALFORMED[1];

    StatusRuntimeException refusal = refusal(GuardedServer.LIST, large, CallOptions.DEFAULT);

    assertThat(InProcess.reason(refusal)).isEqualTo("MESSAGE_MALFORMED");
    server.assertIdle();
  }

  @ParameterizedTest
  @ValueSource(strings = {GuardedServer.HEALTH, GuardedServer.LIST})
  void message_thatIsTooLargeOnceDecompressed_isRefused(String method) {
    // Field 1, of 5 MiB of zeros.
    byte[] bomb = new byte[5 << 20];
    bomb[0] = 0x0a;
    bomb[1] = (byte) 0x80;
    bomb[2] = (byte) 0x80;
    bomb[3] = (byte) 0xc0;
    bomb[4] = 0x02;

    StatusRuntimeException refusal =
        refusal(method, bomb, CallOptions.DEFAULT.withCompression("gzip"));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(InProcess.reason(refusal)).isEqualTo("MESSAGE_TOO_LARGE");
    server.assertIdle();
    assertThat(log).isEmpty();
  }

  @Test
  void message_thatIsTooLarge_isRefused() {
    StatusRuntimeException refusal =
        refusal(GuardedServer.LIST, new byte[5 << 20], CallOptions.DEFAULT);

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    server.assertIdle();
  }

  private StatusRuntimeException refusal(String method, byte[] message, CallOptions options) {
    Metadata account = GuardedServer.account("111111111111");
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            ClientCalls.blockingUnaryCall(
                io.grpc.ClientInterceptors.intercept(
                    channel, MetadataUtils.newAttachHeadersInterceptor(account)),
                MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(method)
                    .build(),
                options,
                message));
  }

  /** Messages as they are. */
  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
