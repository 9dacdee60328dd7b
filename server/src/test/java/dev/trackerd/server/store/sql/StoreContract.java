package dev.trackerd.server.store.sql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerPage;
import dev.trackerd.server.store.TrackerStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/**
 * What all kits share: stores over a database that is empty when a test begins, and closed after
 * it. A kit runs unchanged on every kind of database; a subclass says only where that is.
 */
public abstract class StoreContract {
  public static final AccountId ANNA = new AccountId("111111111111");
  public static final AccountId BERT = new AccountId("222222222222");

  private final Deque<Stores> opened = new ArrayDeque<>();

  /** Opens the test's own database, for the first time or once more. */
  protected abstract Stores open(StoreConfig config);

  /** Opens the database, for the first time or once more. */
  protected final Stores open() {
    return open(config -> config);
  }

  /** Opens the database with other settings. */
  protected final Stores open(UnaryOperator<StoreConfig> settings) {
    Stores stores = open(settings.apply(StoreConfig.unlimited()));
    opened.push(stores);
    return stores;
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(Stores::close);
  }

  /** Content with two phrases that tell whose it is. */
  public static TrackerContent named(String name) {
    return StoredContents.of(name, List.of("first of " + name, "second of " + name));
  }

  /** All that an account has, in pages of at most {@code limit}. */
  public static List<StoredTracker> walk(TrackerStore store, AccountId account, int limit) {
    List<StoredTracker> all = new ArrayList<>();
    long after = 0;
    TrackerPage page;
    do {
      page = store.list(account, after, limit);
      all.addAll(page.trackers());
      after = all.isEmpty() ? 0 : all.get(all.size() - 1).id();
    } while (page.more());
    return all;
  }

  public static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).reason())
        .isEqualTo(reason);
  }
}
