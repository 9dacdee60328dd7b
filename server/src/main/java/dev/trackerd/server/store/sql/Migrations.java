package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a database's tables up to what this program expects. Each engine has its own steps, which
 * are numbered from 1 and never change once released; a database knows the number of the last one
 * it has seen.
 */
public final class Migrations {
  /** One step: all that lies between two numbers. */
  @FunctionalInterface
  public interface Step {
    /** Takes it, in the transaction that the session is in. */
    void on(Session session) throws SQLException;
  }

  private Migrations() {}

  /** A step that is a script of SQL: a resource beside a class. */
  public static Step script(Class<?> room, String name) {
    return session -> session.script(text(room, name));
  }

  /**
   * Takes the steps that the database has not seen, in one transaction that the caller begins and
   * ends, and that keeps other processes from doing the same.
   *
   * @param steps all there are, from the first on
   * @throws StoreException UNAVAILABLE if the database comes from a newer program
   */
  public static void run(Session session, List<Step> steps) throws SQLException {
    int version = begun(session);
    refuseNewer(version, steps);
    for (Step step : steps.subList(version, steps.size())) {
      step.on(session);
    }
    if (version < steps.size()) {
      session.update("UPDATE schema_version SET version = ?", steps.size());
    }
  }

  /** The number of the last step that a database with tables has seen; 0 for none. One row. */
  public static int version(Session session) throws SQLException {
    return session.first("SELECT version FROM schema_version", row -> row.getInt(1)).orElse(0);
  }

  /**
   * Refuses a database whose last step is none of these.
   *
   * @throws StoreException UNAVAILABLE, with a line for the operator
   */
  public static void refuseNewer(int version, List<Step> steps) {
    if (version > steps.size()) {
      throw StoreException.unavailable(
          "the database was written by a newer trackerd: its schema is version "
              + version
              + ", this program knows up to "
              + steps.size());
    }
  }

  private static int begun(Session session) throws SQLException {
    session.script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    session.update(
        """
        INSERT INTO schema_version (version)
        SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)
        """);
    return version(session);
  }

  private static String text(Class<?> room, String name) {
    try (InputStream in = room.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
