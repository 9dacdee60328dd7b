package dev.trackerd.server.transfer;

import static dev.trackerd.server.transfer.TransferSamples.ANNA;
import static dev.trackerd.server.transfer.TransferSamples.BERT;
import static dev.trackerd.server.transfer.TransferSamples.WITHOUT_KEYS;
import static dev.trackerd.server.transfer.TransferSamples.export;
import static dev.trackerd.server.transfer.TransferSamples.importInto;
import static dev.trackerd.server.transfer.TransferSamples.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From SQLite to any engine. */
abstract class TransferContract {
  private static final int SAMPLES = 1202;

  @TempDir Path from;

  private final TransferSamples samples = new TransferSamples();
  private Stores source;
  private Stores target;

  /** Opens the target, empty at the beginning of a test. */
  abstract Stores openTarget(StoreConfig config);

  @BeforeEach
  void open() {
    source = SqliteStores.open(from, samples.config());
    samples.fill(source);
    target = openTarget(samples.config());
  }

  @AfterEach
  void close() {
    source.close();
    target.close();
  }

  @Test
  void exportOfAnImport_isTheSameText() {
    String lines = export(source, Scope.ALL);
    ImportResult result = importInto(target, lines);
    assertThat(export(target, Scope.ALL)).isEqualTo(lines);
    assertThat(result.added())
        .hasToString("trackers 1202, event trackers 4, dataset groups 5, datasets 4, keys 2");
    assertThat(result.present().total()).isZero();
    assertThat(result.conflicts()).isZero();
    assertThat(lines.lines().findFirst().orElseThrow())
        .startsWith("{\"trackerd_export\":1,\"masterKeyProof\":\"");
    assertThat(lines)
        .contains("\n{\"account\":\"333333333333\",\"marks\":{\"trackerId\":\"")
        .endsWith(
            "{\"end\":{\"datasetGroups\":\"5\",\"datasets\":\"4\",\"eventTrackers\":\"4\","
                + "\"trackers\":\"1202\",\"keys\":\"2\"}}\n");
  }

  @Test
  void exportTwice_isTheSameText() {
    assertThat(export(source, Scope.ALL)).isEqualTo(export(source, Scope.ALL));
  }

  @Test
  void importTwice_changesNothing() {
    String lines = export(source, Scope.ALL);
    importInto(target, lines);
    ImportResult again = importInto(target, lines);
    assertThat(again.added().total()).isZero();
    assertThat(again.present().total()).isEqualTo(SAMPLES + 15);
    assertThat(export(target, Scope.ALL)).isEqualTo(lines);
  }

  @Test
  void what_wasImportedGoesOnAsBefore() {
    importInto(target, export(source, Scope.ALL));
    assertThat(StoreContract.walk(target.trackers(), BERT, 100))
        .isEqualTo(StoreContract.walk(source.trackers(), BERT, 100));
    StoredTracker changed = target.trackers().findByName(ANNA, "After").orElseThrow();
    assertThat(changed.version()).isEqualTo(3);
    target.close();
    target = openTarget(samples.config());
    assertThat(target.trackers().create(ANNA, named("new")).id()).isGreaterThan(changed.id() + 1);
    assertThat(target.eventTrackers().list(ANNA, Optional.empty(), 0, 10))
        .isEqualTo(source.eventTrackers().list(ANNA, Optional.empty(), 0, 10));
    assertThat(
            target
                .eventTrackers()
                .createDatasetGroup(ANNA, DatasetGroupContent.named("later"))
                .content()
                .name())
        .isEqualTo("later");
    assertThat(target.credentials().list()).isEqualTo(source.credentials().list());
  }

  @Test
  void exportOfOneAccount_holdsNothingOfOthers() {
    String lines = export(source, new Scope(Optional.of(ANNA), true));
    assertThat(lines).contains("\"annas\"").doesNotContain("Berts").doesNotContain(BERT.value());
    importInto(target, lines);
    assertThat(export(target, new Scope(Optional.of(ANNA), true))).isEqualTo(lines);
    assertThat(target.trackers().list(BERT, 0, 1).trackers()).isEmpty();
  }

  @Test
  void exportWithoutKeys_holdsNone() {
    String lines = export(source, WITHOUT_KEYS);
    assertThat(lines)
        .startsWith("{\"trackerd_export\":1}\n")
        .doesNotContain("sealedSecret")
        .contains("\"keys\":\"0\"");
    importInto(target, lines);
    assertThat(target.credentials().list()).isEmpty();
    assertThat(target.contents().masterKeyProof()).isEmpty();
  }

  @Test
  void import_refusesKeysOfAnotherMasterKey() {
    target.credentials().masterKeyProof(new byte[32]);
    assertThatThrownBy(() -> importInto(target, export(source, Scope.ALL)))
        .isInstanceOf(TransferException.class)
        .hasMessage(
            "line 1: its keys were sealed by another master key than this store's (export without"
                + " --with-keys, or import into a store of the same master key); nothing was"
                + " imported");
    assertThat(target.trackers().list(ANNA, 0, 1).trackers()).isEmpty();
  }

  @Test
  void importOfACutFile_keepsWhatItReadAndIsTakenUpAgain() {
    String lines = export(source, Scope.ALL);
    int half = lines.indexOf('\n', lines.length() / 2) + 1;
    long next = lines.substring(0, half).lines().count();
    assertThatThrownBy(() -> importInto(target, lines.substring(0, half + 20)))
        .isInstanceOf(TransferException.class)
        .hasMessage(
            "line %d: expected: one JSON object in UTF-8; what stands before line %d is imported"
                    .formatted(next + 1, next + 1)
                + " and stays");
    assertThatThrownBy(() -> importInto(target, lines.substring(0, half)))
        .hasMessageStartingWith("line " + next + ": nothing follows it: the file was cut off");
    long there = StoreContract.walk(target.trackers(), BERT, 1000).size();
    assertThat(there).isBetween(1L, SAMPLES - 1L);
    ImportResult rest = importInto(target, lines);
    assertThat(rest.present().trackers()).isEqualTo(there);
    assertThat(export(target, Scope.ALL)).isEqualTo(lines);
  }

  @Test
  void import_tellsEachConflictAndReplacesNothing() {
    StoredTracker changed = source.trackers().findByName(ANNA, "After").orElseThrow();
    String lines = export(source, WITHOUT_KEYS);
    importInto(target, lines);
    target.trackers().update(ANNA, changed.id(), content -> named("elsewhere"));
    target
        .trackers()
        .delete(BERT, target.trackers().findByName(BERT, "tracker 7").orElseThrow().id());
    target.trackers().create(BERT, named("tracker 7"));
    String before = export(target, WITHOUT_KEYS);
    List<String> conflicts = new ArrayList<>();
    ImportResult result = importInto(target, lines, conflicts);
    assertThat(result.conflicts()).isEqualTo(2);
    assertThat(result.added().total()).isZero();
    assertThat(conflicts).hasSize(2);
    assertThat(conflicts.get(0))
        .matches(
            "line \\d+: account 000000000002: tracker \\d{16}: the store holds another of its name .*");
    assertThat(conflicts.get(1))
        .matches(
            "line \\d+: account 111111111111: tracker "
                + changed.id()
                + ": the store holds it with other content, which stays");
    assertThat(export(target, WITHOUT_KEYS)).isEqualTo(before);
  }

  @Test
  void import_tellsConflictsOfGroups() {
    target.eventTrackers().createDatasetGroup(ANNA, DatasetGroupContent.named("first"));
    target.eventTrackers().createDatasetGroup(ANNA, DatasetGroupContent.named("made"));
    List<String> conflicts = new ArrayList<>();
    ImportResult result = importInto(target, export(source, WITHOUT_KEYS), conflicts);
    assertThat(conflicts)
        .hasSize(4)
        .satisfiesExactly(
            making -> assertThat(making).contains("dataset group making").contains("in its place"),
            made -> assertThat(made).contains("dataset group made").contains("other content"),
            dataset ->
                assertThat(dataset)
                    .contains("dataset making/EVENT_INTERACTIONS")
                    .contains("no such dataset group"),
            tracker ->
                assertThat(tracker).contains("event tracker ").contains("no such dataset group"));
    assertThat(result.added().trackers()).isEqualTo(SAMPLES);
    assertThat(target.eventTrackers().list(ANNA, Optional.empty(), 0, 10).items()).hasSize(2);
  }
}
