package dev.trackerd.server.store.postgres;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log when the database stops answering, and when it answers again. Thread-safe. */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private final AtomicBoolean lasts = new AtomicBoolean();
  private final String database;

  /** None yet, of a database that is to be told by this name. */
  Outage(String database) {
    this.database = database;
  }

  /** A call failed. */
  void failed(String why) {
    if (lasts.compareAndSet(false, true)) {
      LOG.warn("the database {} does not serve: {}", database, why);
    }
  }

  /** A call succeeded. */
  void succeeded() {
    if (lasts.get() && lasts.compareAndSet(true, false)) {
      LOG.info("the database {} serves again", database);
    }
  }
}
