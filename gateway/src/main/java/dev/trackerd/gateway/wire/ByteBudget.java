package dev.trackerd.gateway.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Memory that all connections share. A connection holds at most 8 MiB, and never more than is left
 * to all others, so that there is room for whoever comes new; whoever waits is served in turn,
 * connection by connection. Thread-safe.
 *
 * <p>There are two. One is for answers that their readers have not taken yet: what the kernel has
 * accepted counts as taken, of which it holds little ({@link GuardedTransport}). Only answers over
 * {@link #SMALL} are counted: the others are bounded by {@link Places}, and never wait. The other
 * is for what is made of bodies, until their calls have ended.
 */
public final class ByteBudget {

  /** The longest answer that needs no claim, in bytes. */
  public static final int SMALL = 16 * 1024;

  private static final long PER_CONNECTION = 8L << 20;

  private final long limit;
  private final Function<Share, Account> accounts;
  private final Set<Account> holders = new LinkedHashSet<>();
  private final Set<Account> queue = new LinkedHashSet<>();
  private long held;

  private ByteBudget(long limit, Function<Share, Account> accounts) {
    this.limit = limit;
    this.accounts = accounts;
  }

  /** Makes a budget of so many bytes for answers. */
  public static ByteBudget ofAnswers(long limit) {
    return new ByteBudget(limit, share -> share.answers);
  }

  /** Makes a budget of so many bytes for what is made of bodies. */
  public static ByteBudget ofBodies(long limit) {
    return new ByteBudget(limit, share -> share.bodies);
  }

  /** Returns the bytes that are held now. */
  public synchronized long held() {
    return held;
  }

  /** Returns a claim of an exchange, which holds nothing yet and has to be closed. */
  public Claim open(Share share) {
    return new Claim(accounts.apply(share));
  }

  private boolean fits(Account account, long bytes) {
    boolean alone = account.held == 0 || account.held + bytes <= PER_CONNECTION;
    return held == 0 || alone && held + account.held + bytes <= limit;
  }

  private void add(Account account, long bytes) {
    held += bytes;
    account.held += bytes;
    if (account.held == 0) {
      holders.remove(account);
    } else {
      holders.add(account);
    }
  }

  /** Lets those go on who wait for room, as far as there is any; returns what is to be run. */
  private List<Runnable> grant() {
    List<Runnable> granted = new ArrayList<>(0);
    int before;
    do {
      before = granted.size();
      for (Account account : List.copyOf(queue)) {
        Claim next = account.claims.element();
        if (fits(next.account, next.wanted)) {
          granted.add(next.grant());
          // To the end of the queue, or out of it.
          queue.remove(account);
          if (!account.claims.isEmpty()) {
            queue.add(account);
          }
        }
      }
    } while (granted.size() > before);
    return granted;
  }

  /** Returns who holds most. */
  private Account largest() {
    Account largest = null;
    for (Account account : holders) {
      largest = largest == null || account.held > largest.held ? account : largest;
    }
    return largest;
  }

  /** What one connection has of one budget, which guards it. */
  static final class Account {

    private final Share share;
    private final Deque<Claim> claims = new ArrayDeque<>(0);
    private long held;

    Account(Share share) {
      this.share = share;
    }
  }

  /** What one exchange holds or waits for. Thread-safe. */
  public final class Claim {

    private final Account account;
    private long mine;
    private long wanted;
    private Runnable go;
    private boolean closed;

    private Claim(Account account) {
      this.account = account;
    }

    /** Holds so many bytes instead of what it held, if there is room; else nothing changes. */
    public boolean tryHold(long bytes) {
      List<Runnable> granted = List.of();
      synchronized (ByteBudget.this) {
        if (closed) {
          return true;
        }
        if (bytes > mine && !fits(account, bytes - mine)) {
          return false;
        }
        set(bytes);
        granted = ByteBudget.this.grant();
      }
      granted.forEach(Runnable::run);
      return true;
    }

    /**
     * Holds so many bytes instead of what it held, whether there is room or not: an answer that
     * can't be asked for again. Where that passes the budget of all, the connection that holds most
     * is cut.
     */
    public void hold(long bytes) {
      Account cut = null;
      List<Runnable> granted = List.of();
      synchronized (ByteBudget.this) {
        if (!closed) {
          cut = bytes > mine && held + bytes - mine > limit ? largest() : null;
          set(bytes);
          granted = ByteBudget.this.grant();
        }
      }
      if (cut != null) {
        cut.share.cut();
      }
      granted.forEach(Runnable::run);
    }

    /**
     * Gives back what it holds and waits for room.
     *
     * @param action run once, on any thread, when so many bytes are held; never if the claim is
     *     closed or holds something else before
     */
    public void await(long bytes, Runnable action) {
      List<Runnable> granted;
      synchronized (ByteBudget.this) {
        if (closed) {
          return;
        }
        set(0);
        wanted = bytes;
        go = action;
        account.claims.add(this);
        queue.add(account);
        granted = ByteBudget.this.grant();
      }
      granted.forEach(Runnable::run);
    }

    /** Gives all back; nothing can be held any more. Idempotent. */
    public void close() {
      List<Runnable> granted;
      synchronized (ByteBudget.this) {
        if (closed) {
          return;
        }
        set(0);
        closed = true;
        granted = ByteBudget.this.grant();
      }
      granted.forEach(Runnable::run);
    }

    private void set(long bytes) {
      if (go != null) {
        go = null;
        account.claims.remove(this);
        if (account.claims.isEmpty()) {
          queue.remove(account);
        }
      }
      add(account, bytes - mine);
      mine = bytes;
    }

    private Runnable grant() {
      Runnable granted = go;
      go = null;
      account.claims.remove();
      set(wanted);
      return granted;
    }
  }
}
