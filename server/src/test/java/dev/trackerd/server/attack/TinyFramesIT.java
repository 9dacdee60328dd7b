package dev.trackerd.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.attack.HealthyCaller.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies in pieces of one byte, each of which costs its keeper much more than a byte. */
class TinyFramesIT {
  /** The heap has 512; code, threads and what comes in outside of the heap are on top. */
  private static final long MOST_MEBIBYTES = 900;

  @TempDir Path directory;
  private final List<AutoCloseable> attackers = new ArrayList<>();
  private AttackedProgram program;
  private HealthyCaller healthy;

  @BeforeEach
  void start() throws Exception {
    program = AttackedProgram.start(directory);
    healthy = HealthyCaller.start(program);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable attacker : attackers) {
      attacker.close();
    }
    healthy.stop();
    program.close();
  }

  @Test
  void grpcMessageByteByByte_takesLittleMemory() throws Exception {
    attack(program.grpcPort(), HeaderBlock.grpc("grpc.health.v1.Health/Check", ""), 4 << 20, 1);
  }

  @Test
  void http2BodyByteByByte_takesLittleMemory() throws Exception {
    String token = program.token(AttackedProgram.ATTACKER);
    attack(program.httpPort(), HeaderBlock.http("POST", "/v1/manage/tracker", token), 1 << 20, 4);
  }

  /** Bodies of that size on streams of their own, of which all but the last byte is sent. */
  private void attack(int port, byte[] head, int bytes, int streams) throws Exception {
    long start = System.nanoTime();
    FrameConnection connection = FrameConnection.open(port, 65_535);
    attackers.add(connection);
    Thread reader = new Thread(() -> readAll(connection));
    reader.start();
    byte[] body = FrameConnection.message(0, new byte[bytes - 5]);
    byte[] piece = new byte[1];
    try {
      for (int i = 0; i < streams; i++) {
        int stream = 2 * i + 1;
        connection.write(FrameConnection.HEADERS, FrameConnection.END_HEADERS, stream, head);
        for (int at = 0; at < bytes - 1; at++) {
          piece[0] = body[at];
          connection.writeWithinWindows(stream, piece);
        }
        connection.flush();
      }
    } catch (IOException refused) {
      System.out.println("cut: " + refused);
    }
    assertThat(program.isAlive())
        .as("alive after " + (System.nanoTime() - start) / 1_000_000 + " ms")
        .isTrue();
    Figures figures = healthy.stop();
    System.out.printf(
        "%d x %d bytes in %d ms, %d MiB at most, %d of heap afterwards; %s%n",
        streams,
        bytes,
        (System.nanoTime() - start) / 1_000_000,
        program.peakMebibytes(),
        program.heapMebibytes(),
        figures);
    assertThat(figures.failures()).isEmpty();
    assertThat(figures.maxMillis()).isLessThan(HealthyCaller.PATIENCE_MILLIS);
    assertThat(program.peakMebibytes()).isLessThan(MOST_MEBIBYTES);
    assertThat(program.complaints()).isEmpty();
  }

  private static void readAll(FrameConnection connection) {
    try {
      while (connection.read().isPresent()) {
        // What it says does not matter.
      }
    } catch (IOException e) {
      // Nor whether it says anything at all.
    }
  }
}
