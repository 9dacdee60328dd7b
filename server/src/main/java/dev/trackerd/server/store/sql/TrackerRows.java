package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Tracker;
import dev.trackerd.server.store.TrackerContent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Trackers from and to the columns of {@link TrackerSql}, by position. */
final class TrackerRows {
  /** The id among the parameters of an insert. */
  static final int ID = 1;

  private TrackerRows() {}

  static Tracker read(ResultSet row) throws SQLException {
    return new Tracker(
        row.getLong(1),
        new TrackerContent(
            row.getString(2),
            TextLists.decode(row.getBytes(3)),
            Optional.ofNullable(row.getString(4)),
            TextLists.decode(row.getBytes(5)),
            TextLists.decode(row.getBytes(6)),
            TextLists.decode(row.getBytes(7))));
  }

  /** All but the id, whose place is {@link #ID}. */
  static Object[] toInsert(AccountId account, TrackerContent content) {
    return new Object[] {
      account.value(),
      null,
      content.name(),
      TextLists.encode(content.vocabulary()),
      content.description().orElse(null),
      TextLists.encode(content.categories()),
      TextLists.encode(content.languages()),
      TextLists.encode(content.excludeVocabulary())
    };
  }

  static Object[] toUpdate(AccountId account, long id, TrackerContent content) {
    return new Object[] {
      content.name(),
      TextLists.encode(content.vocabulary()),
      content.description().orElse(null),
      TextLists.encode(content.categories()),
      TextLists.encode(content.languages()),
      TextLists.encode(content.excludeVocabulary()),
      account.value(),
      id
    };
  }
}
