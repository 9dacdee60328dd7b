package dev.trackerd.server.transfer;

import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.auth.TestTime;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TagOwner;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoredContents;
import dev.trackerd.v1.Tracker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Stores with a little of everything, and their exports as text. */
public final class TransferSamples {
  static final AccountId ANNA = new AccountId("111111111111");
  static final AccountId BERT = new AccountId("000000000002");

  /** Has no more than the mark of an id that is gone. */
  static final AccountId CARL = new AccountId("333333333333");

  static final Scope WITHOUT_KEYS = new Scope(Optional.empty(), false);

  private static final String MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final Duration DELAY = Duration.ofMinutes(10);

  private static final List<StoredTag> TAGS =
      List.of(new StoredTag("k", "v"), new StoredTag("é", ""));

  private static final DatasetGroupContent MADE =
      new DatasetGroupContent(
          "made",
          Optional.of("ECOMMERCE"),
          Optional.of("arn:aws:iam::111111111111:role/r"),
          Optional.of("arn:aws:kms:us-east-1:111111111111:key/k"),
          TAGS);

  private final TestTime clock = new TestTime();

  /** Settings under which event trackers take their time, as the samples show. */
  public StoreConfig config() {
    return StoreConfig.unlimited()
        .withClock(clock)
        .withRandom(new SplittableRandom(1))
        .withEventTrackers(new EventTrackerRules(0, DELAY));
  }

  /** Fills stores that were opened with {@link #config}. */
  public void fill(Stores stores) {
    trackers(stores.trackers());
    eventTrackers(stores.eventTrackers());
    TagOwner dataset = TagOwner.dataset("made", StoredDataset.EVENT_INTERACTIONS);
    stores.tags().add(ANNA, dataset, TAGS);
    keys(stores);
  }

  private void trackers(TrackerStore store) {
    store.create(
        ANNA,
        StoredContents.of(
            Tracker.newBuilder()
                .setName("all kinds \"of\" \\ text\u2028\u0001 Straße 😀")
                .addVocabulary("line\nfeed\r")
                .addVocabulary("unit\u001fseparator")
                .setDescription("")
                .addCategories("c")
                .addCategories("c")
                .addLanguages("de-DE")
                .addExcludeVocabulary("not that")));
    long changed = store.create(ANNA, named("before")).id();
    store.update(ANNA, changed, content -> named("after"));
    store.update(ANNA, changed, content -> named("After"));
    store.delete(ANNA, store.create(ANNA, named("the greatest")).id());
    store.delete(CARL, store.create(CARL, named("the only one")).id());
    store.createAll(BERT, IntStream.range(0, 1200).mapToObj(i -> named("tracker " + i)).toList());
  }

  private void eventTrackers(EventTrackerStore store) {
    for (String group : List.of("making", "made", "leaving", "free")) {
      store.createDatasetGroup(
          ANNA, group.equals("made") ? MADE : DatasetGroupContent.named(group));
    }
    store.createDatasetGroup(BERT, DatasetGroupContent.named("made"));
    create(store, ANNA, "made");
    create(store, BERT, "made");
    String leaving = create(store, ANNA, "leaving");
    clock.pass(DELAY);
    create(store, ANNA, "making");
    store.delete(ANNA, leaving);
  }

  private static String create(EventTrackerStore store, AccountId account, String group) {
    List<StoredTag> tags = group.equals("made") ? TAGS : List.of();
    return store.create(account, new EventTrackerContent("of-" + group, group, tags)).id();
  }

  private void keys(Stores stores) {
    ApiKeys keys = ApiKeys.open(stores.credentials(), MasterKey.parse(MASTER_KEY), clock);
    keys.ensure(new NewApiKey(ANNA, "annas", "secret"));
    keys.ensure(new NewApiKey(BERT, "Berts", "secret"));
    keys.revoke("Berts");
  }

  static dev.trackerd.server.store.TrackerContent named(String name) {
    return StoredContents.of(name, List.of("first of " + name, "second of " + name));
  }

  /** The whole export. */
  static String export(Stores stores, Scope scope) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Export.write(stores.contents(), scope, out, TransferProgress.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Imports a text; adds the conflicts to a list. */
  static ImportResult importInto(Stores stores, String text, List<String> conflicts) {
    return Import.read(
        stores,
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        conflicts::add,
        TransferProgress.NONE);
  }

  /** Imports a text that has no conflicts. */
  static ImportResult importInto(Stores stores, String text) {
    List<String> conflicts = new ArrayList<>();
    ImportResult result = importInto(stores, text, conflicts);
    if (!conflicts.isEmpty()) {
      throw new AssertionError(conflicts);
    }
    return result;
  }
}
