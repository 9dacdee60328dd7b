package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.sql.StoredContents;
import dev.trackerd.v1.Tracker;
import java.util.ArrayList;
import java.util.List;

/** What the process that is going to be killed and the one that kills it have to agree on. */
final class CrashOps {
  /** One thread changes each account, one change after the other. */
  static final int ACCOUNTS = 8;

  /** How many trackers one {@code createAll} adds. */
  static final int BULK = 3;

  /** How a line ends; the last one before the kill may be cut. */
  static final String END = " .";

  private CrashOps() {}

  static AccountId account(int number) {
    return new AccountId(String.format("%012d", number));
  }

  /** What belongs under a name in a version: if a byte of it is missing, it is not equal. */
  static TrackerContent content(String name, int version) {
    List<String> phrases = new ArrayList<>();
    // Up to 25 KB, so that some rows span several pages of the database.
    int count = 1 + Math.floorMod(name.hashCode() * 31 + version, version % 10 == 0 ? 400 : 9);
    for (int i = 0; i < count; i++) {
      phrases.add(name + " in version " + version + ", phrase " + i + " of " + count);
    }
    return StoredContents.of(
        Tracker.newBuilder()
            .setName(name)
            .addAllVocabulary(phrases)
            .setDescription("version " + version)
            .addCategories(name)
            .addExcludeVocabulary(String.valueOf(version)));
  }
}
