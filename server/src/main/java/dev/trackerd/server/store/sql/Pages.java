package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Pages of lists whose rows have a column {@code place}, which orders them. */
final class Pages {
  private Pages() {}

  /**
   * Reads a page from the result of a query for {@link #rowsFor} rows.
   *
   * @param limit the most items of the page
   */
  static <T> Page<T> read(ResultSet rows, Session.RowReader<T> item, int limit)
      throws SQLException {
    List<T> items = new ArrayList<>();
    long last = 0;
    while (rows.next()) {
      if (items.size() == limit) {
        return new Page<>(items, OptionalLong.of(last));
      }
      items.add(item.read(rows));
      last = rows.getLong("place");
    }
    return new Page<>(items, OptionalLong.empty());
  }

  /** One more than the page takes: it tells whether anything follows. */
  static long rowsFor(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
    }
    return limit + 1L;
  }
}
