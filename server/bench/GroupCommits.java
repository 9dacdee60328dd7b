import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;

/**
 * What SQLite does by itself: rows changed a second, 64 to a commit, each commit on disk. {@code
 * GroupCommits FILE SECONDS} prints that number.
 */
final class GroupCommits {
  private static final int ROWS = 64;
  private static final int BYTES = 160;

  public static void main(String[] arguments) throws SQLException {
    long end = System.nanoTime() + Long.parseLong(arguments[1]) * 1_000_000_000L;
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + arguments[0])) {
      try (Statement statement = database.createStatement()) {
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=FULL");
        statement.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB) STRICT");
      }
      System.out.println(changes(database, end));
    }
  }

  private static long changes(Connection database, long end) throws SQLException {
    SplittableRandom random = new SplittableRandom(1);
    byte[] body = new byte[BYTES];
    database.setAutoCommit(false);
    long begin = System.nanoTime();
    long changed = 0;
    String sql = "INSERT INTO rows VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body";
    try (PreparedStatement change = database.prepareStatement(sql)) {
      while (System.nanoTime() < end) {
        for (int row = 0; row < ROWS; row++) {
          random.nextBytes(body);
          change.setLong(1, row);
          change.setBytes(2, body);
          change.executeUpdate();
        }
        database.commit();
        changed += ROWS;
      }
    }
    return changed * 1_000_000_000L / (System.nanoTime() - begin);
  }
}
