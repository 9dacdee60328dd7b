package dev.trackerd.server.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a PostgreSQL. Once told to, it passes the next COMMIT on, but not the
 * answer to it: it closes the client's connection instead.
 */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int server;
  private final AtomicInteger cuts = new AtomicInteger();

  /** Before a server that listens on this port of the loopback address. */
  CuttingProxy(int server) {
    this.server = server;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts at so many of the next commits. */
  void cutCommits(int count) {
    cuts.set(count);
  }

  /** How many commits are still to be cut. */
  int cutsLeft() {
    return cuts.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
        daemon(() -> copy(client, behind));
        daemon(() -> toClient(behind, client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void toClient(Socket behind, Socket client) {
    byte[] buffer = new byte[1 << 16];
    try (behind;
        client) {
      InputStream in = behind.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (hasCommit(buffer, n) && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          return;
        }
        client.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Either end has gone.
    }
  }

  /**
   * Whether an answer says that a commit was made. Of the requests that is hard to tell: a
   * statement that was sent before goes by its number.
   */
  private static boolean hasCommit(byte[] answer, int length) {
    return new String(answer, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT");
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Either end has gone.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
