package dev.trackerd.server.store.sqlite;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.sql.TrackerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Caches that a test stops at an interesting moment, and some that are wrong in one way. */
final class TestCopies {
  private static final long BYTES = 1 << 20;

  private TestCopies() {}

  /** A cache that may be told wrongly, or stopped at an interesting moment. */
  static class Wrapped implements RowCopies {
    final RowCopies cache = new RowCache(BYTES);

    @Override
    public Optional<StoredTracker> find(TrackerKey key) {
      return cache.find(key);
    }

    @Override
    public long ticket(TrackerKey key) {
      return cache.ticket(key);
    }

    @Override
    public void keep(TrackerKey key, StoredTracker row, long ticket) {
      cache.keep(key, row, ticket);
    }

    @Override
    public void changing(List<TrackerKey> keys) {
      cache.changing(keys);
    }

    @Override
    public void changed(List<TrackerKey> keys) {
      cache.changed(keys);
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  /** Is told of changes only when the test says so: after the callers. */
  static final class ToldLate extends Wrapped {
    private final List<TrackerKey> late = new ArrayList<>();

    @Override
    public void changing(List<TrackerKey> keys) {
      late.addAll(keys);
    }

    @Override
    public void changed(List<TrackerKey> keys) {}

    void tell() {
      cache.changing(late);
      cache.changed(late);
    }
  }

  /** Drops rows after the commit only, as callers are told, but not before it. */
  static class ToldAfterCommit extends Wrapped {
    @Override
    public void changing(List<TrackerKey> keys) {}

    @Override
    public void changed(List<TrackerKey> keys) {
      cache.changing(keys);
      cache.changed(keys);
    }
  }

  /** Stops a reader between its row and the keeping of it. */
  static class SlowReader extends Wrapped {
    final CountDownLatch hasRead = new CountDownLatch(1);
    final CountDownLatch mayKeep = new CountDownLatch(1);

    @Override
    public void keep(TrackerKey key, StoredTracker row, long ticket) {
      hasRead.countDown();
      await(mayKeep);
      cache.keep(key, row, ticket);
    }
  }

  /** The same, without the check of the epoch: a ticket of this moment always passes. */
  static final class SlowReaderWithoutEpoch extends SlowReader {
    @Override
    public void keep(TrackerKey key, StoredTracker row, long ticket) {
      hasRead.countDown();
      await(mayKeep);
      cache.keep(key, row, cache.ticket(key));
    }
  }

  /** Stops the writer between a commit and all that follows it. */
  static final class SlowCommit extends Wrapped {
    private final RowCopies told;
    final CountDownLatch committed = new CountDownLatch(1);
    final CountDownLatch mayGoOn = new CountDownLatch(1);

    SlowCommit(Wrapped told) {
      this.told = told;
    }

    @Override
    public Optional<StoredTracker> find(TrackerKey key) {
      return told.find(key);
    }

    @Override
    public long ticket(TrackerKey key) {
      return told.ticket(key);
    }

    @Override
    public void keep(TrackerKey key, StoredTracker row, long ticket) {
      told.keep(key, row, ticket);
    }

    @Override
    public void changing(List<TrackerKey> keys) {
      told.changing(keys);
    }

    @Override
    public void changed(List<TrackerKey> keys) {
      if (!keys.isEmpty()) {
        committed.countDown();
        await(mayGoOn);
      }
      told.changed(keys);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
