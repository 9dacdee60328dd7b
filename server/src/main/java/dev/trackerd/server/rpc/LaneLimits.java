package dev.trackerd.server.rpc;

/**
 * How many calls run at a time, and how many of them one account's may be. Reads and writes of one
 * account are counted apart, so that its reads never wait for its writes.
 *
 * @param reads calls that read; each has a thread
 * @param readsOfOne of one account; at most {@code reads}
 * @param writes calls that write; each has a thread
 * @param writesOfOne of one account; at most {@code writes}
 */
public record LaneLimits(int reads, int readsOfOne, int writes, int writesOfOne) {
  /** As many writes can share one commit. */
  private static final int WRITES = 128;

  /** Holds a page of a list several times over, as it is read and as it is sent. */
  private static final long HEAP_OF_A_READ = 32 << 20;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1, or one account's above that of all
   */
  public LaneLimits {
    if (readsOfOne < 1 || readsOfOne > reads || writesOfOne < 1 || writesOfOne > writes) {
      throw new IllegalArgumentException("limits (expected: 1 or more of one account, of as many)");
    }
  }

  /**
   * For a store in this process, whose reads mostly compute: more threads than processors would
   * only take turns. One account may have them all, as none of them waits for anything.
   */
  public static LaneLimits ofProcessors() {
    int processors = processors();
    return new LaneLimits(processors, processors, WRITES, WRITES);
  }

  /**
   * For a store behind so many connections, which calls hold while they wait. One account's calls
   * never hold them all, where there are five or more, unless its creates and updates may.
   *
   * @param writesAllowed how many creates and updates an account may have in flight; those beyond
   *     are to be refused, and so must not wait here; 0 for any number
   * @param maxHeap in bytes; a small one takes fewer reads
   */
  public static LaneLimits ofConnections(int connections, int writesAllowed, long maxHeap) {
    long room = Math.max(processors(), maxHeap / HEAP_OF_A_READ);
    int reads = (int) Math.min(Math.max(connections, 2), room);
    int half = Math.max(1, connections / 2);
    int rest = Math.max(1, connections - half - 1);
    int writesOfOne = (int) Math.min(WRITES, Math.max(rest, writesAllowed + 1L));
    return new LaneLimits(reads, Math.min(half, reads), WRITES, writesOfOne);
  }

  private static int processors() {
    return Math.max(2, Runtime.getRuntime().availableProcessors());
  }
}
