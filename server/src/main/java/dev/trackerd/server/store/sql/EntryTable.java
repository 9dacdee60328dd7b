package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreContents.Addition;
import dev.trackerd.server.store.StoreContents.Reader;
import dev.trackerd.server.store.StoreEntry;
import java.sql.SQLException;
import java.util.List;

/**
 * Entries of one kind, from and to the rows of their table.
 *
 * @param <E> the kind
 */
interface EntryTable<E extends StoreEntry> {
  /** How many rows are read at once, if they are not large. */
  int ROWS = 500;

  /** The kind. */
  Class<E> kind();

  /** Adds those that are not there yet; says what became of each. */
  List<Addition> add(Session session, List<E> entries) throws SQLException;

  /** A table whose rows are read account by account. */
  interface OfAccounts<E extends StoreEntry> extends EntryTable<E> {

    /** Hands over all entries of an account, in an order that the key gives. */
    void read(Session session, AccountId account, Reader reader) throws SQLException;
  }

  /** What becomes of an entry under whose key another is there. */
  static <E> Addition compare(E there, E entry) {
    return there.equals(entry) ? Addition.PRESENT : Addition.DIFFERENT;
  }

  /** How a damaged thing of an account is named. */
  static String damage(AccountId account, String what) {
    return "account " + account + ": " + what;
  }
}
