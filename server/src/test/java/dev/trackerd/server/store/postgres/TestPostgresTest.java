package dev.trackerd.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

  @Test
  void shared_givesEachTestADatabaseOfItsOwn() throws Exception {
    TestPostgres postgres = TestPostgres.shared();
    String one = postgres.newDatabase();
    String two = postgres.newDatabase();
    assertThat(one).isNotEqualTo(two);
    assertThat(show(one, "fsync")).isEqualTo("off");
    assertThat(show(two, "synchronous_commit")).isEqualTo("on");
  }

  @Test
  void durable_keepsWhatWasCommittedThroughKillAndRestart() throws Exception {
    try (TestPostgres postgres = TestPostgres.durable()) {
      String url = postgres.newDatabase();
      assertThat(show(url, "fsync")).isEqualTo("on");
      assertThat(show(url, "synchronous_commit")).isEqualTo("on");
      try (Connection connection = DriverManager.getConnection(url);
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE t AS SELECT 7 AS n");
        postgres.kill();
        assertThatThrownBy(() -> statement.execute("SELECT n FROM t"))
            .isInstanceOf(SQLException.class);
      }
      assertThatThrownBy(() -> show(url, "fsync")).isInstanceOf(SQLException.class);
      postgres.start();
      assertThat(query(url, "SELECT n FROM t")).isEqualTo("7");
      postgres.restart();
      assertThat(query(url, "SELECT n FROM t")).isEqualTo("7");
      postgres.pause();
      assertThatThrownBy(() -> show(url + "&socketTimeout=1&connectTimeout=1", "fsync"))
          .isInstanceOf(SQLException.class);
      postgres.resume();
      assertThat(query(url, "SELECT n FROM t")).isEqualTo("7");
    }
  }

  private static String show(String url, String setting) throws SQLException {
    return query(url, "SHOW " + setting);
  }

  private static String query(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
