package dev.trackerd.server.store.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.sql.TrackerKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Copies in memory, those that are asked for most, up to a number of bytes. Linearizable together
 * with the database:
 *
 * <ul>
 *   <li>Before a commit its rows are dropped, and until after it none of them is kept. So no one
 *       who saw the change in the database, by a list, finds the old row here afterwards, and no
 *       one who was told of it does.
 *   <li>A row that was read before a change can't be kept after it: the epoch of its stripe has
 *       moved on since its ticket was given out.
 * </ul>
 *
 * <p>It holds only while no one else changes trackers: one server has a data directory at a time
 * (its lock sees to that), and the commands that share a running server's database change API keys
 * only, of which nothing is kept here.
 */
final class RowCache implements RowCopies {
  private static final int STRIPES = 1024;

  /** Never given out as an epoch: such a row is not kept. */
  private static final long REFUSED = -1;

  /** About what a row takes beside its message: key, records, and the cache's own node. */
  private static final int ROW_BYTES = 300;

  /** Keys that share what is to be known of their changes. Guarded by itself. */
  private static final class Stripe {
    private long epoch;
    private int changing;
  }

  private final Stripe[] stripes =
      Stream.generate(Stripe::new).limit(STRIPES).toArray(Stripe[]::new);
  private final Cache<TrackerKey, StoredTracker> rows;
  private volatile boolean closed;

  /** An empty cache of about so many bytes at most. */
  RowCache(long maxBytes) {
    rows =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .<TrackerKey, StoredTracker>weigher((key, row) -> bytes(row))
            // Whoever adds a row also evicts for it: the bound holds without a thread of its own.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Optional<StoredTracker> find(TrackerKey key) {
    return closed ? Optional.empty() : Optional.ofNullable(rows.getIfPresent(key));
  }

  @Override
  public long ticket(TrackerKey key) {
    Stripe stripe = stripe(key);
    synchronized (stripe) {
      return stripe.changing > 0 ? REFUSED : stripe.epoch;
    }
  }

  @Override
  public void keep(TrackerKey key, StoredTracker row, long ticket) {
    Stripe stripe = stripe(key);
    synchronized (stripe) {
      if (ticket == stripe.epoch && stripe.changing == 0) {
        rows.put(key, row);
      }
    }
  }

  @Override
  public void changing(List<TrackerKey> keys) {
    // First all the marks, since changed() takes all of them off.
    for (TrackerKey key : keys) {
      Stripe stripe = stripe(key);
      synchronized (stripe) {
        stripe.epoch++;
        stripe.changing++;
      }
    }
    rows.invalidateAll(keys);
  }

  @Override
  public void changed(List<TrackerKey> keys) {
    for (TrackerKey key : keys) {
      Stripe stripe = stripe(key);
      synchronized (stripe) {
        stripe.changing--;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    rows.invalidateAll();
  }

  /** How many bytes the copies take by its own reckoning, never more than the maximum at rest. */
  long bytes() {
    return rows.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }

  private Stripe stripe(TrackerKey key) {
    int hash = key.hashCode();
    return stripes[(hash ^ hash >>> 16) & STRIPES - 1];
  }

  private static int bytes(StoredTracker row) {
    return ROW_BYTES + 2 * row.content().name().length() + row.content().message().length;
  }
}
