package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.Page;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.server.store.StoredTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all kits of event trackers share. */
public abstract class EventTrackerContract extends StoreContract {
  static final Optional<String> ALL = Optional.empty();

  /** An event tracker's content for a dataset group, with tags that tell whose it is. */
  static EventTrackerContent of(String group) {
    return new EventTrackerContent(
        "tracker of " + group, group, List.of(new StoredTag("of", group)));
  }

  /** Makes a dataset group and its event tracker. */
  static StoredEventTracker createIn(EventTrackerStore store, AccountId account, String group) {
    store.createDatasetGroup(account, DatasetGroupContent.named(group));
    return store.create(account, of(group));
  }

  /** One list of a store. */
  interface Listing<T> {
    Page<T> after(long place, int limit);
  }

  /** A whole list, in pages of at most {@code limit}. */
  static <T> List<T> walk(Listing<T> list, int limit) {
    List<T> all = new ArrayList<>();
    Page<T> page = list.after(0, limit);
    all.addAll(page.items());
    while (page.next().isPresent()) {
      page = list.after(page.next().getAsLong(), limit);
      all.addAll(page.items());
    }
    return all;
  }

  static List<StoredEventTracker> trackers(EventTrackerStore store, AccountId account) {
    return walk((place, limit) -> store.list(account, ALL, place, limit), 100);
  }
}
