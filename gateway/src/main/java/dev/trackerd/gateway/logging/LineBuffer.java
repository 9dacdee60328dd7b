package dev.trackerd.gateway.logging;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Lines on their way from many writers to one reader, in bounded memory. Writers never wait: a line
 * that finds no room is counted instead. The last quarter of the room is kept for urgent lines.
 * Thread-safe.
 */
final class LineBuffer {
  private static final int FIRST_BYTES = 16 << 10;

  /** So that a busy program wakes the reader a hundred times a second and not for each line. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final int capacity;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private boolean hurry;
  private boolean closed;
  private long dropped;
  private long urgentDropped;

  /**
   * What the reader takes at once.
   *
   * @param bytes the lines; only the first {@code size} bytes count
   * @param dropped how many lines found no room since the last batch
   * @param urgentDropped how many of these were urgent
   */
  record Batch(byte[] bytes, int size, long dropped, long urgentDropped) {}

  /** A buffer of at most {@code capacity} bytes, beside the batch that its reader holds. */
  LineBuffer(int capacity) {
    this.capacity = capacity;
  }

  /** Keeps a line for the reader, or counts it as dropped. Never waits. */
  synchronized void add(byte[] line, boolean urgent) {
    int room = urgent ? capacity : capacity - capacity / 4;
    if (closed || line.length > room - size) {
      dropped++;
      urgentDropped += urgent ? 1 : 0;
      return;
    }
    if (line.length > bytes.length - size) {
      int doubled = Math.max(bytes.length * 2, size + line.length);
      bytes = Arrays.copyOf(bytes, Math.min(capacity, doubled));
    }
    System.arraycopy(line, 0, bytes, size, line.length);
    boolean first = size == 0;
    size += line.length;
    boolean nowUrgent = !hurry && (urgent || size > capacity / 2);
    hurry |= nowUrgent;
    if (first || nowUrgent) {
      notifyAll();
    }
  }

  /**
   * Waits for lines and takes all that are there; for the one reader. After {@link #close} what is
   * left comes once more, and then batches of no bytes.
   *
   * @param spent a batch whose bytes are used again; may be null
   */
  synchronized Batch take(Batch spent) throws InterruptedException {
    while (size == 0 && !closed) {
      wait();
    }
    long due = System.nanoTime() + GATHER_NANOS;
    for (long left = GATHER_NANOS; left > 0 && !hurry && !closed; left = due - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    Batch batch = new Batch(bytes, size, dropped, urgentDropped);
    bytes = spent == null ? new byte[FIRST_BYTES] : spent.bytes();
    size = 0;
    hurry = false;
    dropped = 0;
    urgentDropped = 0;
    return batch;
  }

  /** Takes no more lines, and lets the reader come to an end. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
