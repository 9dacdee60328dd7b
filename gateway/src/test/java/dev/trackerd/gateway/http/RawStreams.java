package dev.trackerd.gateway.http;

import java.io.IOException;

/**
 * An HTTP/2 connection that sends requests and grants no answer a single byte (RFC 9113, 6.9.2).
 */
final class RawStreams implements AutoCloseable {

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  // SETTINGS: INITIAL_WINDOW_SIZE 0.
  private static final String NO_WINDOW = "\0\0\6\4\0\0\0\0\0" + "\0\4\0\0\0\0";
  private static final String INDEXED_GET_AND_HTTP = "\u0082\u0086";

  private final RawConnection connection;
  private int next = 1;

  RawStreams(int port) throws IOException {
    connection = new RawConnection(port).send(PREFACE + NO_WINDOW);
  }

  /** Opens so many streams, each with a GET of a path. */
  RawStreams get(String path, int count) throws IOException {
    StringBuilder frames = new StringBuilder();
    for (int i = 0; i < count; i++) {
      // RFC 7541, 6.2.2 and appendix A: 4 is :path, 1 :authority, 15 + 8 authorization.
      String block =
          INDEXED_GET_AND_HTTP + "\4" + (char) path.length() + path + "\1\1a" + "\17\10\1t";
      frames.append("\0\0").append((char) block.length()).append("\1\5");
      frames.append("\0\0").append((char) (next >> 8)).append((char) (next & 0xff));
      frames.append(block);
      next += 2;
    }
    connection.send(frames.toString());
    return this;
  }

  /** Sends PING frames, which are no progress. */
  void ping() {
    connection.trySend("\0\0\10\6\0\0\0\0\0" + "12345678");
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
