package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoreException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets an account make so many creates and updates at a time in this process, and refuses the next
 * at once, without a look at the database. Thread-safe. A permit is given back when the write has
 * committed or failed, before its answer is sent, so that a caller who waits for one answer before
 * the next request is never refused.
 */
final class WriteGate {
  private final int limit;
  private final ConcurrentHashMap<AccountId, Integer> inFlight = new ConcurrentHashMap<>();

  /**
   * A gate for all accounts.
   *
   * @param limit how many writes an account may have in flight; 0 means any number
   */
  WriteGate(int limit) {
    this.limit = limit;
  }

  /**
   * Runs {@code write} under a permit of the account.
   *
   * @throws StoreException CONCURRENT_WRITE if the account has none left
   */
  <T> T run(AccountId account, Supplier<T> write) {
    if (limit == 0) {
      return write.get();
    }
    enter(account);
    try {
      return write.get();
    } finally {
      inFlight.computeIfPresent(account, (a, count) -> count == 1 ? null : count - 1);
    }
  }

  private void enter(AccountId account) {
    inFlight.compute(
        account,
        (a, count) -> {
          int before = count == null ? 0 : count;
          if (before >= limit) {
            throw StoreException.concurrentWrite(limit);
          }
          return before + 1;
        });
  }
}
