package dev.trackerd.server.store.postgres;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.WriterLoad;
import dev.trackerd.server.store.sql.Session;
import dev.trackerd.server.store.sql.Transactions;
import dev.trackerd.server.store.sql.Work;
import java.io.Serial;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * The one transaction that is open under a permit, for those who work under it: what they read and
 * write is part of it, and it ends after them.
 */
final class HeldTransaction implements Transactions {

  /** Takes a failure past the caller's own code, to where the transaction was begun. */
  static final class SqlFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final SQLException failure;

    private SqlFailure(SQLException failure) {
      super(null, failure, false, false);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }

  private final Transactions all;
  private final PipelinedSession session;

  HeldTransaction(Transactions all, PipelinedSession session) {
    this.all = all;
    this.session = session;
  }

  @Override
  public <T> T read(Work<T> work) {
    try {
      return work.on(session);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public <T> T write(Work<T> work) {
    return read(work);
  }

  @Override
  public <T> T exclusively(AccountId account, int permits, Function<Transactions, T> action) {
    throw new IllegalStateException("a permit is held already");
  }

  @Override
  public void serialize(Session held, AccountId account) throws SQLException {
    session.settle();
    all.serialize(held, account);
  }

  @Override
  public boolean tryHold(Session held, long number) throws SQLException {
    return all.tryHold(held, number);
  }

  @Override
  public String trackerPage() {
    return all.trackerPage();
  }

  @Override
  public boolean isDuplicate(SQLException failure) {
    return all.isDuplicate(failure);
  }

  @Override
  public WriterLoad load() {
    return all.load();
  }

  @Override
  public void check() {
    all.check();
  }

  @Override
  public void close() {
    throw new IllegalStateException("it ends with its permit");
  }
}
