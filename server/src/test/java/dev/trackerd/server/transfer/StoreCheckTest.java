package dev.trackerd.server.transfer;

import static dev.trackerd.server.transfer.TransferSamples.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of damage is found, and told in a line. */
class StoreCheckTest {
  private static final long PAGE_BYTES = 4096;

  @TempDir Path directory;

  private final TransferSamples samples = new TransferSamples();
  private final List<String> faults = new ArrayList<>();
  private Stores stores;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(directory, samples.config());
    samples.fill(stores);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private EntryCounts check() {
    return StoreCheck.run(
        stores.contents(), faults::add, key -> Optional.empty(), TransferProgress.NONE);
  }

  @Test
  void run_findsNoFaultInWhatWasStored() {
    assertThat(check())
        .hasToString("trackers 1202, event trackers 4, dataset groups 5, datasets 4, keys 2");
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE tracker SET checksum = checksum + 1 WHERE name = 'After'"
            + " | account 111111111111: tracker \\d{16}: its checksum is wrong",
        "UPDATE tracker SET name = 'Before' WHERE name = 'After'"
            + " | account 111111111111: tracker \\d{16}: its parts do not fit together",
        "UPDATE tracker SET version = 0 WHERE name = 'After'"
            + " | account 111111111111: tracker \\d{16}: tracker.version: expected: 1 or more",
        "UPDATE event_tracker SET tags = 'none' WHERE name = 'of-making'"
            + " | account 111111111111: event tracker at place \\d+: a stored list is no JSON",
        "UPDATE event_tracker SET gone_at = 1 WHERE name = 'of-leaving'"
            + " | account 111111111111: event tracker \\w{8}: eventTracker.deletion.goneAt: .*",
        "UPDATE dataset_group SET domain = 'NONE' WHERE name = 'free'"
            + " | account 111111111111: dataset group free: 1 validation error .*",
        "DELETE FROM place WHERE account_id = '000000000002' | account 000000000002: dataset group"
            + " made: it has place 1, and the account no mark of its last place",
        "UPDATE place SET last = 2 WHERE account_id = '000000000002' | account 000000000002:"
            + " dataset made/EVENT_INTERACTIONS: it has place 3, above the account's mark of its last place, 2",
        "UPDATE tracker_mark SET account_id = 'anna' WHERE account_id < '3' | account: anna \\(expected: .*",
        "DELETE FROM dataset_group WHERE name = 'making'"
            + " | dataset of account 111111111111: no group making",
      })
  void run_findsTheFault(String damage, String fault) throws SQLException {
    change(damage);
    check();
    assertThat(faults).isNotEmpty().first().asString().matches(fault);
  }

  @Test
  void run_goesOnAfterAFault() throws SQLException {
    change("UPDATE tracker SET checksum = 1");
    assertThat(check())
        .hasToString("trackers 0, event trackers 4, dataset groups 5, datasets 4, keys 2");
    assertThat(faults).hasSize(1202);
  }

  @Test
  void run_tellsFaultsOfKeys() {
    StoreCheck.run(
        stores.contents(),
        faults::add,
        key -> key.account().equals(ANNA) ? Optional.of("wrong") : Optional.empty(),
        TransferProgress.NONE);
    assertThat(faults).containsExactly("account 111111111111: key annas: wrong");
  }

  @Test
  void run_findsADamagedIndex() throws IOException, SQLException {
    long page = pageOf("sqlite_autoindex_tracker_2");
    stores.close();
    // What a disk does; nobody in this process has the database open.
    try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
      file.seek(page * PAGE_BYTES - 40);
      file.write(new byte[20]);
    }
    stores = SqliteStores.open(directory, samples.config());
    check();
    assertThat(faults).contains("the database is damaged (SQLITE_CORRUPT)");
  }

  private long pageOf(String index) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT max(pageno) FROM dbstat WHERE name = '" + index + "'")) {
      return row.getLong(1);
    }
  }

  private Path database() {
    return directory.resolve("trackerd.db");
  }

  @Test
  void export_endsAtADamagedTracker() throws SQLException {
    change("UPDATE tracker SET checksum = 1 WHERE name = 'After'");
    assertThatThrownBy(
            () ->
                Export.write(
                    stores.contents(),
                    TransferSamples.WITHOUT_KEYS,
                    OutputStream.nullOutputStream(),
                    TransferProgress.NONE))
        .isInstanceOf(TransferException.class)
        .hasMessageMatching(
            "account 111111111111: tracker \\d{16}: its checksum is wrong \\(trackerd check .*");
  }

  @Test
  void export_passesOnThatNothingCanBeWritten() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(
            () ->
                Export.write(
                    stores.contents(), TransferSamples.WITHOUT_KEYS, full, TransferProgress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    check();
    assertThat(faults).isEmpty();
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      statement.execute(sql);
    }
  }
}
