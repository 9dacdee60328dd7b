package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoreException.Reason;
import dev.trackerd.server.store.StoreException.Thing;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.server.store.TagOwner;
import dev.trackerd.server.store.TagStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Tags in a column of what they are of. */
final class SqlTagStore implements TagStore {
  private final Transactions transactions;
  private final Clock clock;

  SqlTagStore(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What a row says.
   *
   * @param leaving whether its deletion was asked for
   * @param gone whether that is done
   */
  private record Tagged(List<StoredTag> tags, boolean leaving, boolean gone) {}

  @Override
  public List<StoredTag> list(AccountId account, TagOwner owner) {
    TagSql sql = TagSql.of(owner.thing());
    return transactions.read(session -> require(session, sql.get(), account, owner).tags());
  }

  @Override
  public void add(AccountId account, TagOwner owner, List<StoredTag> tags) {
    change(
        account,
        owner,
        present -> {
          List<StoredTag> all = merged(present, tags);
          if (all.size() > MAX_TAGS) {
            throw StoreException.limit(Thing.TAG, MAX_TAGS);
          }
          return all;
        });
  }

  @Override
  public void remove(AccountId account, TagOwner owner, Set<String> keys) {
    change(
        account,
        owner,
        present -> present.stream().filter(tag -> !keys.contains(tag.key())).toList());
  }

  private void change(AccountId account, TagOwner owner, UnaryOperator<List<StoredTag>> change) {
    TagSql sql = TagSql.of(owner.thing());
    transactions.write(
        session -> {
          Tagged row = require(session, sql.take(), account, owner);
          if (row.leaving()) {
            throw new StoreException(Reason.IN_USE, owner.thing(), owner.id());
          }
          List<Object> parameters = new ArrayList<>();
          parameters.add(TagRows.encode(change.apply(row.tags())));
          parameters.addAll(key(account, owner));
          return session.update(sql.put(), parameters.toArray());
        });
  }

  private Tagged require(Session session, String sql, AccountId account, TagOwner owner)
      throws SQLException {
    long now = clock.millis();
    return session
        .first(sql, row -> read(row, now), key(account, owner).toArray())
        .filter(row -> !row.gone())
        .orElseThrow(() -> new StoreException(Reason.NOT_FOUND, owner.thing(), owner.id()));
  }

  private static Tagged read(ResultSet row, long now) throws SQLException {
    List<StoredTag> tags = TagRows.decode(row.getString(1));
    boolean leaving = row.getObject(2) != null;
    return new Tagged(tags, leaving, row.getObject(3) != null && row.getLong(3) <= now);
  }

  private static List<String> key(AccountId account, TagOwner owner) {
    return Stream.concat(Stream.of(account.value()), owner.key().stream()).toList();
  }

  private static List<StoredTag> merged(List<StoredTag> present, List<StoredTag> added) {
    Map<String, StoredTag> byKey = new LinkedHashMap<>();
    present.forEach(tag -> byKey.put(tag.key(), tag));
    added.forEach(tag -> byKey.put(tag.key(), tag));
    return List.copyOf(byKey.values());
  }
}
