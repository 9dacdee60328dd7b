package dev.trackerd.server.transfer;

import static dev.trackerd.server.transfer.TransferSamples.WITHOUT_KEYS;
import static dev.trackerd.server.transfer.TransferSamples.export;
import static dev.trackerd.server.transfer.TransferSamples.importInto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that are no export, or a damaged one: each is refused with its line and what was expected.
 */
class ImportInputTest {
  private static final String HEAD = "{\"trackerd_export\":1}\n";
  private static final String GROUP =
      "{\"account\":\"111111111111\",\"datasetGroup\":{\"place\":\"1\",\"name\":\"g\","
          + "\"createdAt\":\"2026-01-31T12:00:00.123Z\"}}\n";
  private static final String TRACKER =
      "{\"account\":\"111111111111\",\"tracker\":{\"version\":\"1\",\"tracker\":"
          + "{\"id\":\"1537897194901747\",\"name\":\"n\",\"vocabulary\":[\"p\"]}}}\n";
  private static final String EVENT_TRACKER =
      "{\"account\":\"111111111111\",\"eventTracker\":{\"place\":\"2\",\"id\":\"0123abcd\","
          + "\"name\":\"e\",\"datasetGroup\":\"g\","
          + "\"trackingId\":\"00000000-0000-0000-0000-000000000000\","
          + "\"createdAt\":\"2026-01-31T12:00:00Z\",\"createInProgressAt\":\"2026-01-31T12:00:00Z\","
          + "\"createEndedAt\":\"2026-01-31T12:00:01Z\"}}\n";
  private static final String KEY =
      "{\"account\":\"111111111111\",\"key\":{\"id\":\"k\",\"sealedSecret\":\"AAAA\","
          + "\"createdAt\":\"2026-01-31T12:00:00Z\"}}\n";
  private static final String END =
      "{\"end\":{\"datasetGroups\":\"1\",\"datasets\":\"0\",\"eventTrackers\":\"1\","
          + "\"trackers\":\"1\",\"keys\":\"0\"}}\n";
  private static final String WHOLE = HEAD + GROUP + EVENT_TRACKER + TRACKER + END;

  @TempDir Path directory;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(directory, StoreConfig.unlimited());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void theSample_isTaken() {
    assertThat(importInto(stores, WHOLE).added().total()).isEqualTo(3);
    assertThat(export(stores, WITHOUT_KEYS)).contains(GROUP, EVENT_TRACKER, TRACKER, END);
    // Places that were imported are not given away again, although no line of marks says so.
    stores
        .eventTrackers()
        .createDatasetGroup(TransferSamples.ANNA, DatasetGroupContent.named("later"));
    assertThat(export(stores, WITHOUT_KEYS)).contains("{\"place\":\"3\",\"name\":\"later\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the file is empty",
        "PK\u0003\u0004 | this is no export of trackerd",
        "{} | this is no export of trackerd",
        "[] | this is no export of trackerd",
        "{\"trackers\":[]} | this is no export of trackerd",
        "{\"trackerd_export\":2,\"more\":[]} | an export in version 2 (expected: 1; use its trackerd)",
        "{\"trackerd_export\":1,\"more\":[]} | more: unknown member",
        "{\"trackerd_export\":1}x | this is no export of trackerd",
      })
  void head_isRefused(String head, String why) {
    String rest = GROUP + TRACKER + END;
    assertThatThrownBy(() -> importInto(stores, head.isEmpty() ? "" : head + "\n" + rest))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining(why)
        .hasMessageEndingWith("; nothing was imported");
    assertEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"name\":\"n\" | \"name\":\" \" | tracker.tracker.name: expected: at least one character",
        "\"name\":\"n\" | \"nam\":\"n\" | tracker.tracker.nam: unknown member",
        "\"name\":\"n\" | \"name\":5 | tracker.tracker.name: ",
        "[\"p\"] | [] | tracker.tracker.vocabulary: expected: at least one phrase",
        "[\"p\"] | [\"p\",\"p\"] | tracker.tracker.vocabulary[1]: the same phrase",
        "1537897194901747 | 153789719490174 | tracker.tracker.id: expected: 16 decimal digits",
        "1537897194901747 | 9999999999999999 | tracker.tracker.id: expected: 16 decimal digits",
        "\"version\":\"1\" | \"version\":\"0\" | tracker.version: expected: 1 or more",
        "\"version\":\"1\" | \"version\":\"9007199254740992\" | tracker.version: expected: below 2^53",
        "1537897194901747 | 9006099743113216 | tracker.tracker.id: expected: 16 decimal digits, below",
        "\"version\":\"1\" | \"version\":\"x\" | tracker.version: ",
        "111111111111 | 1111 | account: expected: 12 decimal digits",
        "{\"version\" | x{\"version\" | expected: one JSON object in UTF-8",
      })
  void tracker_isRefused(String part, String instead, String why) {
    String line = TRACKER.replace(part, instead);
    assertThatThrownBy(() -> importInto(stores, HEAD + GROUP + EVENT_TRACKER + line + END))
        .isInstanceOf(TransferException.class)
        .hasMessageStartingWith("line 4: " + why)
        .hasMessageEndingWith("; what stands before line 4 is imported and stays");
    assertThat(export(stores, WITHOUT_KEYS)).contains(GROUP).contains("\"trackers\":\"0\"");
  }

  @Test
  void nameOfTooManyBytes_isRefused() {
    String line = TRACKER.replace("\"n\"", "\"" + "n".repeat(1025) + "\"");
    assertThatThrownBy(() -> importInto(stores, HEAD + line + END))
        .hasMessage(
            "line 2: tracker.tracker.name: expected: at most 1024 bytes of UTF-8;"
                + " nothing was imported");
    assertEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"place\":\"2\" | \"place\":\"0\" | eventTracker.place: expected: 1 or more",
        "\"place\":\"2\" | \"place\":\"9007199254740992\" | eventTracker.place: expected: below 2^53",
        "0123abcd | 0123ABCD | eventTracker.id: expected: 8 lower-case hexadecimal digits",
        "00000000-0000 | 00000000 | eventTracker.trackingId: expected: a UUID",
        "\"datasetGroup\":\"g\" | \"datasetGroup\":\"-\" | eventTracker.datasetGroup: expected: the name",
        "\"name\":\"e\" | \"name\":\"e e\" | 1 validation error detected: Value 'e e' at 'name'",
        "\"createdAt\":\"2026-01-31T12:00:00Z\", | '' | eventTracker.createdAt: expected: a time",
        "12:00:00Z\",\"createI | 12:00:00.0001Z\",\"createI | eventTracker.createdAt: expected: a time",
        "12:00:01Z | 11:00:01Z | eventTracker.createEndedAt: expected: not before",
      })
  void eventTracker_isRefused(String part, String instead, String why) {
    String line = EVENT_TRACKER.replace(part, instead == null ? "" : instead);
    assertThatThrownBy(() -> importInto(stores, HEAD + GROUP + line + TRACKER + END))
        .isInstanceOf(TransferException.class)
        .hasMessageStartingWith("line 3: " + why)
        .hasMessageEndingWith("; what stands before line 3 is imported and stays");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"trackerId\":\"9006099743113216\" | marks.trackerId: expected: 16 decimal digits, below",
        "\"place\":\"9223372036854775807\" | marks.place: expected: below 2^53",
      })
  void marksThatLeaveNoRoom_areRefused(String mark, String why) {
    String line = "{\"account\":\"111111111111\",\"marks\":{" + mark + "}}\n";
    assertThatThrownBy(() -> importInto(stores, HEAD + line + END))
        .hasMessageStartingWith("line 2: " + why);
    assertEmpty();
  }

  @Test
  void keyWithoutProof_isRefused() {
    assertThatThrownBy(() -> importInto(stores, HEAD + TRACKER + KEY + END))
        .hasMessageStartingWith("line 3: a key (expected: none without a proof in line 1)");
    assertThat(stores.credentials().list()).isEmpty();
  }

  @Test
  void endThatCountsOtherwise_isRefused() {
    assertThatThrownBy(() -> importInto(stores, HEAD + GROUP + TRACKER + END))
        .hasMessage(
            "line 4: its counts are not those of the lines before it, which are trackers 1, event"
                + " trackers 0, dataset groups 1, datasets 0, keys 0; what stands before line 4 is"
                + " imported and stays");
  }

  @Test
  void whatFollowsTheEnd_isRefused() {
    assertThatThrownBy(() -> importInto(stores, WHOLE + WHOLE))
        .hasMessageStartingWith("line 6: expected: nothing after the end");
  }

  @Test
  void lineWithoutEnd_isRefused() {
    String line = "x".repeat(LineReader.MAX_BYTES + 1);
    assertThatThrownBy(() -> importInto(stores, HEAD + line))
        .hasMessage("line 2: the line is longer than 20971520 bytes; nothing was imported");
  }

  @Test
  void fileThatCanNotBeRead_isTold() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }
        };
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream((HEAD + GROUP).getBytes(StandardCharsets.UTF_8)), broken);
    assertThatThrownBy(() -> Import.read(stores, in, line -> {}, TransferProgress.NONE))
        .hasMessage(
            "line 2: nothing more can be read: Input/output error; what stands before line 3 is"
                + " imported and stays");
    assertThat(export(stores, Scope.ALL)).contains(GROUP);
  }

  private void assertEmpty() {
    assertThat(export(stores, Scope.ALL)).hasLineCount(2);
  }
}
