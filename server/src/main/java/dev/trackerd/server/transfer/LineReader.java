package dev.trackerd.server.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a text line by line, none of them larger than memory allows. Not thread-safe. */
final class LineReader {
  /**
   * The most bytes of a line: JSON has six characters for a byte of a text that is all controls.
   */
  static final int MAX_BYTES = 20 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private long number;
  private long bytes;

  LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * Returns the next line without its end; empty after the last.
   *
   * @throws TransferException if it is longer than {@link #MAX_BYTES}
   */
  Optional<byte[]> next() throws IOException {
    if (!filled()) {
      return Optional.empty();
    }
    number++;
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean ended = false;
    while (!ended && filled()) {
      int from = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      line.write(buffer, from, next - from);
      if (line.size() > MAX_BYTES) {
        throw new TransferException("the line is longer than " + MAX_BYTES + " bytes");
      }
      ended = next < end;
      next += ended ? 1 : 0;
    }
    return Optional.of(line.toByteArray());
  }

  /** The number of the line that was read last; the first is 1. */
  long number() {
    return number;
  }

  /** How many bytes were read up to the end of that line. */
  long bytes() {
    return bytes - (end - next);
  }

  private boolean filled() throws IOException {
    if (next == end) {
      next = 0;
      end = Math.max(0, in.read(buffer));
      bytes += end;
    }
    return next < end;
  }
}
