package dev.trackerd.server.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that are no message, more often than there are places for calls. */
class MalformedMessagesIT {
  private static final String HEALTH = "grpc.health.v1.Health/Check";
  private static final String GET = "tracker.v1.TrackerService/Get";
  private static final String REFLECTION =
      "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
  private static final int CALLS = 3_000;
  private static final int AT_A_TIME = 100;

  /** A field of wire type 7, which there is not. */
  private static final byte[] NO_MESSAGE = HexFormat.of().parseHex("1f37");

  @TempDir static Path directory;
  private static AttackedProgram program;
  private HealthyCaller healthy;

  @BeforeAll
  static void start() throws IOException {
    program = AttackedProgram.start(directory);
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  @BeforeEach
  void startHealthyCaller() throws Exception {
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stopHealthyCaller() throws Exception {
    healthy.stop();
  }

  @ParameterizedTest
  @CsvSource({
    HEALTH + ", false, 3",
    GET + ", false, 16",
    GET + ", true, 3",
    "tracker.v1.TokenService/Generate, false, 3",
    REFLECTION + ", false, 3"
  })
  void malformedMessages_areRefusedOneByOne(String method, boolean authorized, String status)
      throws Exception {
    String token = authorized ? program.token(AttackedProgram.ATTACKER) : "";
    byte[] head = HeaderBlock.grpc(method, token);

    assertThat(statuses(head, FrameConnection.message(0, NO_MESSAGE), CALLS))
        .isEqualTo(Map.of(status, CALLS));

    Figures figures = healthy.stop();
    System.out.println(method + ": " + figures);
    assertThat(figures.failures()).isEmpty();
    assertThat(program.complaints()).isEmpty();
  }

  /** What is small on the way and large when unpacked. */
  @Test
  void messagesThatInflateOverTheLimit_areRefusedOneByOne() throws Exception {
    byte[] head =
        HeaderBlock.concat(HeaderBlock.grpc(HEALTH, ""), HeaderBlock.of("grpc-encoding", "gzip"));
    byte[] bomb = FrameConnection.message(1, gzip(text(64 << 20)));

    assertThat(statuses(head, bomb, 100)).isEqualTo(Map.of("8", 100));

    assertThat(healthy.stop().failures()).isEmpty();
    assertThat(program.complaints()).isEmpty();
  }

  @Test
  void messagesThatSayTheyAreTooLong_areRefused() throws Exception {
    byte[] head = HeaderBlock.grpc(HEALTH, "");

    assertThat(statuses(head, new byte[] {0, 0x7f, -1, -1, -1}, 100)).isEqualTo(Map.of("8", 100));

    assertThat(healthy.stop().failures()).isEmpty();
    assertThat(program.complaints()).isEmpty();
  }

  /** gRPC itself fails over these, and would say so in the log, with a stack, each time. */
  @ParameterizedTest
  @CsvSource({"'', 1S", "/" + HEALTH + ", zz"})
  void headsThatGrpcCantRead_areRefused(String path, String timeout) throws Exception {
    byte[] head =
        HeaderBlock.of(
            ":method", "POST",
            ":scheme", "http",
            ":path", path,
            ":authority", "127.0.0.1",
            "content-type", "application/grpc",
            "te", "trailers",
            "grpc-timeout", timeout);
    try (FrameConnection connection = FrameConnection.open(program.grpcPort(), 65_535)) {
      connection.write(FrameConnection.HEADERS, FrameConnection.END_HEADERS, 1, head);
      connection.flush();
      assertThat(connection.readEnds(1)).hasSize(1);
    }
    assertThat(healthy.stop().failures()).isEmpty();
    assertThat(program.complaints()).isEmpty();
  }

  @Test
  void connectionsThatBeginWithNonsense_areClosed() throws Exception {
    for (int port : new int[] {program.grpcPort(), program.httpPort()}) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket.setSoTimeout(20_000);
        byte[] nonsense = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense".getBytes(UTF_8);
        socket.getOutputStream().write(nonsense);
        assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      }
    }
    assertThat(healthy.stop().failures()).isEmpty();
    assertThat(program.complaints()).isEmpty();
  }

  /** Calls over one connection, a hundred at a time: how many got which status. */
  private static Map<String, Integer> statuses(byte[] head, byte[] data, int calls)
      throws IOException {
    Map<String, Integer> statuses = new TreeMap<>();
    try (FrameConnection connection = FrameConnection.open(program.grpcPort(), 65_535)) {
      for (int call = 0; call < calls; call += AT_A_TIME) {
        for (int i = call; i < call + AT_A_TIME; i++) {
          connection.write(FrameConnection.HEADERS, FrameConnection.END_HEADERS, 2 * i + 1, head);
          connection.write(data, 2 * i + 1);
        }
        connection.flush();
        for (Map<String, String> end : connection.readEnds(AT_A_TIME).values()) {
          statuses.merge(end.getOrDefault("grpc-status", end.toString()), 1, Integer::sum);
        }
      }
    }
    return statuses;
  }

  /** A message whose first field is a text of so many bytes. */
  private static byte[] text(int bytes) {
    ByteBuffer message = ByteBuffer.allocate(bytes + 6).put((byte) 0x0a);
    for (int rest = bytes; rest > 0; rest >>= 7) {
      message.put((byte) (rest & 127 | (rest > 127 ? 128 : 0)));
    }
    return message.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
