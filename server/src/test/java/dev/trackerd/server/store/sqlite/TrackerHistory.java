package dev.trackerd.server.store.sqlite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What callers saw of one tracker, and a check that all of it could have happened in one order in
 * which every call takes effect at one moment between its beginning and its end (linearizability;
 * Herlihy and Wing, 1990). Thread-safe.
 *
 * <p>Versions make it easy: a tracker passes through them one by one, so no call may see an older
 * one than any call that ended before it began had made or seen, and none may see one that nobody
 * had begun to make.
 */
final class TrackerHistory {
  /** What a caller sees of a tracker that is not there any more; after all versions. */
  static final long GONE = Long.MAX_VALUE;

  private record Call(String what, long begin, long end, long version, boolean made) {}

  /** A call under way. */
  final class Begun {
    private final String what;
    private final long begin = clock.getAndIncrement();

    private Begun(String what) {
      this.what = what;
    }

    /** It made this version, which was not there before. */
    void made(long version) {
      end(version, true);
    }

    /** It saw this version. */
    void saw(long version) {
      end(version, false);
    }

    private void end(long version, boolean made) {
      synchronized (calls) {
        calls.add(new Call(what, begin, clock.getAndIncrement(), version, made));
      }
    }
  }

  private final AtomicLong clock = new AtomicLong();
  private final List<Call> calls = new ArrayList<>();

  Begun begin(String what) {
    return new Begun(what);
  }

  /**
   * Fails if there is no such order.
   *
   * @throws AssertionError that names the two calls that contradict each other
   */
  void check() {
    List<Call> byBegin;
    synchronized (calls) {
      byBegin = new ArrayList<>(calls);
    }
    byBegin.sort(Comparator.comparingLong(Call::begin));
    List<Call> byEnd = new ArrayList<>(byBegin);
    byEnd.sort(Comparator.comparingLong(Call::end));
    Call newest = null;
    int ended = 0;
    for (Call call : byBegin) {
      for (; byEnd.get(ended).end() < call.begin(); ended++) {
        Call other = byEnd.get(ended);
        newest = newest == null || other.version() > newest.version() ? other : newest;
      }
      boolean stale = newest != null && call.version() < newest.version();
      boolean twice = newest != null && call.made() && call.version() <= newest.version();
      if (stale || (twice && call.version() != GONE)) {
        throw new AssertionError(call + " came after " + newest);
      }
    }
    checkFuture(byBegin);
  }

  /** Nobody may see what is made only later. */
  private static void checkFuture(List<Call> all) {
    for (Call maker : all) {
      for (Call seer : all) {
        if (maker.made()
            && !seer.made()
            && seer.version() >= maker.version()
            && seer.end() < maker.begin()) {
          throw new AssertionError(seer + " came before " + maker);
        }
      }
    }
  }
}
