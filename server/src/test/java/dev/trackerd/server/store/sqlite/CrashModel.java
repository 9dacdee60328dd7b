package dev.trackerd.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.StoreContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What has to be in one account, as {@link CrashWriter} told. */
final class CrashModel {
  private final int number;
  private final Map<Long, StoredTracker> there = new TreeMap<>();
  private final Set<Long> everUsed = new HashSet<>();
  private String[] trying;
  private int acknowledged;

  CrashModel(int number) {
    this.number = number;
  }

  /** How many changes were acknowledged so far. */
  int acknowledged() {
    return acknowledged;
  }

  /** Takes in one line of this account, split at its spaces. */
  void hear(String[] words) {
    if (words[0].equals("try")) {
      assertThat(trying).isNull();
      trying = words;
      return;
    }
    List<Long> ids = new ArrayList<>();
    for (int i = 2; i < words.length - 1; i++) {
      ids.add(Long.parseLong(words[i]));
    }
    apply(ids);
    trying = null;
    acknowledged++;
  }

  /**
   * Compares with what is there after the crash. The change that was under way may be there or not,
   * but not in part; from now on it is what it turned out to be.
   */
  void verify(TrackerStore store) {
    List<StoredTracker> found = StoreContract.walk(store, CrashOps.account(number), 1000);
    if (trying != null && !found.equals(List.copyOf(there.values()))) {
      apply(found.stream().map(StoredTracker::id).filter(id -> !there.containsKey(id)).toList());
    }
    trying = null;
    assertThat(found).isEqualTo(List.copyOf(there.values()));
    for (StoredTracker tracker : found) {
      assertThat(store.findByName(CrashOps.account(number), tracker.content().name()))
          .contains(tracker);
    }
  }

  private void apply(List<Long> newIds) {
    switch (trying[2]) {
      case "create" -> add(newIds, List.of(trying[3]), Integer.parseInt(trying[4]));
      case "createAll" -> {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < CrashOps.BULK; i++) {
          names.add(trying[3] + "." + i);
        }
        add(newIds, names, Integer.parseInt(trying[4]));
      }
      case "update" -> {
        long id = Long.parseLong(trying[3]);
        int version = Integer.parseInt(trying[5]);
        long next = there.get(id).version() + 1;
        there.put(id, new StoredTracker(id, next, CrashOps.content(trying[4], version)));
      }
      case "delete" -> there.remove(Long.parseLong(trying[3]));
      default -> throw new AssertionError(trying[2]);
    }
  }

  private void add(List<Long> ids, List<String> names, int version) {
    assertThat(ids).hasSameSizeAs(names);
    for (int i = 0; i < ids.size(); i++) {
      long id = ids.get(i);
      assertThat(everUsed.add(id)).as("id %s is new", id).isTrue();
      there.put(id, new StoredTracker(id, 1, CrashOps.content(names.get(i), version)));
    }
  }
}
