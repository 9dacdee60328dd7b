package dev.trackerd.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;

/** A connection that sends what no HTTP client would. */
final class RawConnection implements AutoCloseable {

  private final Socket socket;

  RawConnection(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(15_000);
  }

  RawConnection send(String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends, unless the other side has already closed. */
  void trySend(String latin1) {
    try {
      send(latin1);
    } catch (IOException closed) {
      // What it had to say can still be read.
    }
  }

  /** Returns all that comes until the other side closes; fails if it does not for 15 s. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException reset) {
      // As good an end as any other.
    }
    return all.toString(ISO_8859_1);
  }

  /** Returns one answer with a Content-Length; the connection stays open. */
  String readAnswer() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + head);
      }
      head.append((char) next);
    }
    return head + new String(in.readNBytes(contentLength(head.toString())), ISO_8859_1);
  }

  String readBytes(int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), ISO_8859_1);
  }

  /** Waits, without reading, until the other side has reset the connection; 10 s at most. */
  void awaitReset() {
    long deadline = System.nanoTime() + 10_000_000_000L;
    try {
      while (System.nanoTime() < deadline) {
        // An empty line before a request means nothing; into a connection that is gone it fails.
        send("\r\n");
        LockSupport.parkNanos(20_000_000L);
      }
    } catch (IOException reset) {
      return;
    }
    throw new AssertionError("still open");
  }

  private static int contentLength(String head) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
