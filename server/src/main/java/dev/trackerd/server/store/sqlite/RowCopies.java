package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.sql.TrackerKey;
import java.util.List;
import java.util.Optional;

/**
 * Copies of trackers that are as good as their rows. A reader asks for a {@link #ticket} before it
 * reads a row, and hands the row in with it; the writer tells of every change, before and after its
 * commit. Thread-safe.
 */
interface RowCopies {
  /** Keeps nothing. */
  RowCopies NONE =
      new RowCopies() {
        @Override
        public Optional<StoredTracker> find(TrackerKey key) {
          return Optional.empty();
        }

        @Override
        public long ticket(TrackerKey key) {
          return 0;
        }

        @Override
        public void keep(TrackerKey key, StoredTracker row, long ticket) {}

        @Override
        public void changing(List<TrackerKey> keys) {}

        @Override
        public void changed(List<TrackerKey> keys) {}

        @Override
        public void close() {}
      };

  /** Returns the copy of a row, if there is one. Never blocks for the database. */
  Optional<StoredTracker> find(TrackerKey key);

  /** To be asked for before a row is read that is to be kept. */
  long ticket(TrackerKey key);

  /** Keeps a row, unless it was changed, or is being changed, since its ticket was given out. */
  void keep(TrackerKey key, StoredTracker row, long ticket);

  /** Said by the writer before it commits changes of these rows. */
  void changing(List<TrackerKey> keys);

  /** Said by the writer after that, whatever came of it, and before anyone is told of it. */
  void changed(List<TrackerKey> keys);

  /** Finds and keeps nothing any more. */
  void close();
}
