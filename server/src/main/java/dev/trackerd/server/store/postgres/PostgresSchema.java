package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.sql.Migrations;
import dev.trackerd.server.store.sql.Session;
import java.sql.SQLException;
import java.util.List;

/** The tables of a database, and the steps that make them. */
final class PostgresSchema {
  /** In order; see {@link Migrations}. */
  private static final List<Migrations.Step> STEPS =
      List.of(
          Migrations.script(PostgresSchema.class, "1.sql"),
          Migrations.script(PostgresSchema.class, "2.sql"));

  private static final int OLDEST_SERVER = 14;

  /**
   * Behind a server that changes the tables, others wait for so long that it has surely finished;
   * and its statements take the time they take.
   */
  private static final String PATIENCE =
      """
      SELECT set_config('lock_timeout', '60s', true), set_config('statement_timeout', '0', true),
             set_config('idle_in_transaction_session_timeout', '0', true)
      """;

  /** PostgreSQL keeps to its constraints, but for those that somebody took away or put off. */
  private static final String FAULTS =
      """
      SELECT 'table ' || wanted.name || ': a primary key, unique or foreign key constraint is missing'
      FROM (VALUES ('tracker', 2), ('tracker_mark', 1), ('api_key', 1), ('master_key_proof', 1),
                   ('place', 1), ('dataset_group', 2), ('dataset', 3), ('event_tracker', 4),
                   ('idempotency_key', 1))
           AS wanted (name, number)
      WHERE (SELECT count(*) FROM pg_constraint
             WHERE conrelid = to_regclass(wanted.name) AND contype IN ('p', 'u', 'f')) < wanted.number
      UNION ALL
      SELECT 'constraint ' || conname || ': not validated'
      FROM pg_constraint
      WHERE NOT convalidated
        AND connamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('tracker'))
      UNION ALL
      SELECT 'index ' || indexrelid::regclass || ': invalid'
      FROM pg_index
      WHERE NOT indisvalid
        AND indrelid IN (SELECT conrelid FROM pg_constraint
                         WHERE connamespace = (SELECT relnamespace FROM pg_class
                                               WHERE oid = to_regclass('tracker')))
      """;

  private PostgresSchema() {}

  /** What is wrong with the tables, one line each. */
  static List<String> faults(Session session) throws SQLException {
    return session.all(FAULTS, row -> row.getString(1));
  }

  /**
   * Refuses a server that the stores can't be kept on.
   *
   * @throws StoreException UNAVAILABLE, with what is wrong with it
   */
  static void checkServer(Session session) throws SQLException {
    int version = Integer.parseInt(setting(session, "server_version_num")) / 10_000;
    if (version < OLDEST_SERVER) {
      throw StoreException.unavailable(
          "it is PostgreSQL " + version + " (expected: " + OLDEST_SERVER + " or newer)");
    }
    String encoding = setting(session, "server_encoding");
    if (!encoding.equals("UTF8")) {
      throw StoreException.unavailable(
          "its encoding is "
              + encoding
              + " (expected: UTF8; make it with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE"
              + " template0)");
    }
    if (setting(session, "transaction_read_only").equals("on")) {
      throw StoreException.unavailable(
          "it is read-only, as a standby is (expected: the primary; name all hosts in the URL)");
    }
  }

  /** Whether the tables are there, in any version. */
  static boolean isThere(Session session) throws SQLException {
    return session
        .first(
            "SELECT to_regclass('schema_version') IS NOT NULL AND to_regclass('tracker') IS NOT NULL",
            row -> row.getBoolean(1))
        .orElseThrow();
  }

  /**
   * Makes the tables or brings them up to date, in the transaction that the session is in; while
   * another process does so, this waits. What is up to date is not touched, so that a role that may
   * not change it will do.
   */
  static void migrate(Session session) throws SQLException {
    if (isUpToDate(session)) {
      return;
    }
    session.first(PATIENCE, row -> true);
    AdvisoryLocks.lockSchema(session);
    Migrations.run(session, STEPS);
  }

  private static boolean isUpToDate(Session session) throws SQLException {
    if (!isThere(session)) {
      return false;
    }
    int version = Migrations.version(session);
    Migrations.refuseNewer(version, STEPS);
    return version == STEPS.size();
  }

  private static String setting(Session session, String name) throws SQLException {
    return session.first("SELECT current_setting(?)", row -> row.getString(1), name).orElseThrow();
  }
}
