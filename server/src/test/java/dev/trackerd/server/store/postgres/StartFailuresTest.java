package dev.trackerd.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told of a database that can't be used. */
class StartFailuresTest {
  private static final TestPostgres POSTGRES = TestPostgres.shared();

  @Test
  void open_tellsThatThereIsNoSuchDatabase() {
    assertTold(POSTGRES.url("nothing_of_that_name"), "there is no such database");
  }

  @Test
  void open_tellsThatNothingListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertTold("jdbc:postgresql://127.0.0.1:" + port + "/any", "nothing listens there");
  }

  @Test
  void open_tellsThatNoHostHasTheName() {
    assertTold("jdbc:postgresql://no-such-host.invalid/any", "there is no host of that name");
  }

  @Test
  void open_tellsThatItIsNoPostgres() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answer(other, "HTTP/1.1 400 Bad Request\r\n\r\n"));
      answering.setDaemon(true);
      answering.start();
      assertTold(
          "jdbc:postgresql://127.0.0.1:" + other.getLocalPort() + "/any",
          "what answers there is no PostgreSQL");
    }
  }

  @Test
  void open_tellsThatThereIsNoTls() {
    assertTold(POSTGRES.newDatabase() + "&sslmode=require", "it has no TLS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&sslrootcert=/no/such/file", ""})
  void open_tellsThatTlsFailed(String parameters) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      // Takes to TLS, and then knows nothing of it.
      Thread answering = new Thread(() -> answer(other, "S"));
      answering.setDaemon(true);
      answering.start();
      assertTold(
          "jdbc:postgresql://127.0.0.1:"
              + other.getLocalPort()
              + "/any?sslmode=verify-full"
              + parameters,
          "TLS failed (expected: ");
    }
  }

  @Test
  void open_tellsThatThereIsNoSuchRole() {
    assertTold(POSTGRES.url("postgres", "nobody_of_that_name"), "it does not let this role in");
  }

  @Test
  void open_tellsThatTheRoleMayMakeNoTables() {
    String url = POSTGRES.newDatabase();
    String database = url.replaceAll(".*/|[?].*", "");
    POSTGRES.execute(database, "CREATE ROLE guest LOGIN");
    POSTGRES.execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    assertTold(POSTGRES.url(database, "guest"), "the role may not make its tables");
    assertThat(PostgresStores.holdsStores(StoreUrl.parse(url))).isFalse();
  }

  @Test
  void open_needsNoMoreThanToChangeRowsOnceTheTablesAreThere() {
    String url = POSTGRES.newDatabase();
    String database = url.replaceAll(".*/|[?].*", "");
    POSTGRES.execute(database, "CREATE ROLE worker LOGIN");
    POSTGRES.execute(database, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    PostgresStores.open(StoreUrl.parse(url), StoreConfig.unlimited()).close();
    POSTGRES.execute(database, "GRANT ALL ON ALL TABLES IN SCHEMA public TO worker");
    StoreUrl worker = StoreUrl.parse(POSTGRES.url(database, "worker"));
    assertThat(PostgresStores.holdsStores(worker)).isTrue();
    try (Stores stores = PostgresStores.open(worker, StoreConfig.unlimited())) {
      StoredTracker made = stores.trackers().create(StoreContract.ANNA, StoreContract.named("a"));
      assertThat(stores.trackers().get(StoreContract.ANNA, made.id())).isEqualTo(made);
    }
  }

  @Test
  void open_takesItsTimeWhereAccountsAreMany() {
    String url = POSTGRES.newDatabase();
    PostgresStores.open(StoreUrl.parse(url), StoreConfig.unlimited()).close();
    POSTGRES.execute(
        url.replaceAll(".*/|[?].*", ""),
        """
        INSERT INTO tracker (account_id, id, name, version, checksum, message)
        SELECT lpad(number::text, 12, '0'), 9007199254640000 + number, 'a', 1, 0, ''
        FROM generate_series(1, 100000) AS number
        """);
    // What calls may take; a look at each account takes longer.
    StoreUrl hasty = StoreUrl.parse(url + "&options=-c%20statement_timeout%3D200");
    try (Stores stores = PostgresStores.open(hasty, StoreConfig.unlimited())) {
      stores.check();
    }
  }

  @Test
  void open_tellsThatItsTextsAreNotUtf8() {
    POSTGRES.execute(
        "postgres",
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
    assertTold(POSTGRES.url("latin"), "its encoding is LATIN1 (expected: UTF8");
  }

  @Test
  void open_tellsThatItIsReadOnly() {
    assertTold(
        POSTGRES.newDatabase()
            + "&targetServerType=any&options=-c%20default_transaction_read_only%3Don",
        "it is read-only");
  }

  private static void assertTold(String url, String what) {
    StoreUrl parsed = StoreUrl.parse(url);
    assertThatThrownBy(() -> PostgresStores.open(parsed, StoreConfig.unlimited()))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE))
        .hasMessageStartingWith(parsed + ": " + what)
        .hasMessageNotContaining("user");
  }

  private static void answer(ServerSocket listener, String answer) {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        client.getInputStream().read();
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The test is over, or the client has gone.
      }
    }
  }
}
