package dev.trackerd.server.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A socket that sends what it is told to, and reads only when told to. */
final class Http1Connection implements AutoCloseable {
  private static final int RECEIVE_BUFFER_BYTES = 4_096;

  private final Socket socket;

  private Http1Connection(Socket socket) {
    this.socket = socket;
  }

  /** Connects. Its side keeps little of what it does not read; reads time out after a minute. */
  static Http1Connection open(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    return new Http1Connection(socket);
  }

  Http1Connection send(String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(ISO_8859_1));
    return this;
  }

  /** Returns the next so many bytes; fewer if the other side closes before. */
  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  /** Returns all that comes until the other side closes or resets. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException reset) {
      // As good an end as any other.
    }
    return all.toString(ISO_8859_1);
  }

  /** Whether there is something to read. */
  boolean hasAnswered() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException closed) {
      return true;
    }
  }

  /** Sends, and returns whether the other side has not closed. */
  boolean trySend(String latin1) {
    try {
      send(latin1);
      return true;
    } catch (IOException reset) {
      return false;
    }
  }

  /**
   * Whether the other side has closed, found out without reading: by sending nothing of meaning.
   */
  boolean isCut() {
    return !trySend("\r\n");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
