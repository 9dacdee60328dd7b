package dev.trackerd.gateway.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The memory for answers that their readers have not taken yet: what the kernel has accepted counts
 * as taken, of which it holds little ({@link GuardedTransport}). A connection holds at most 8 MiB,
 * and never more than is left to all others, so that there is room for whoever comes new; whoever
 * waits is served in turn, connection by connection. Only answers over {@link #SMALL} are counted:
 * the others are bounded by {@link Places}, and never wait. Thread-safe.
 */
public final class AnswerBudget {

  /** The longest answer that needs no claim, in bytes. */
  public static final int SMALL = 16 * 1024;

  private static final long PER_CONNECTION = 8L << 20;

  private final long limit;
  private final Set<Share> holders = new LinkedHashSet<>();
  private final Set<Share> queue = new LinkedHashSet<>();
  private long held;
  private long foreseen;

  /** Makes a budget of so many bytes. */
  public AnswerBudget(long limit) {
    this.limit = limit;
  }

  /** Returns the bytes that are held now. */
  public synchronized long held() {
    return held;
  }

  /** Returns a claim of an exchange, which holds nothing yet and has to be closed. */
  public Claim open(Share share) {
    return new Claim(share);
  }

  private boolean fits(Share share, long bytes) {
    boolean alone = share.held == 0 || share.held + bytes <= PER_CONNECTION;
    return held == 0 || alone && held + share.held + bytes <= limit;
  }

  private boolean isForeseeable(Share share, long bytes) {
    long all = share.held + share.foreseen;
    boolean alone = all == 0 || all + bytes <= PER_CONNECTION;
    return foreseen == 0 || alone && foreseen + bytes <= limit / 4;
  }

  private void add(Share share, long bytes) {
    held += bytes;
    share.held += bytes;
    if (share.held == 0) {
      holders.remove(share);
    } else {
      holders.add(share);
    }
  }

  /** Lets those go on who wait for room, as far as there is any; returns what is to be run. */
  private List<Runnable> grant() {
    List<Runnable> granted = new ArrayList<>(0);
    int before;
    do {
      before = granted.size();
      for (Share share : List.copyOf(queue)) {
        Claim next = share.claims.element();
        if (next.isPossible()) {
          granted.add(next.grant());
          // To the end of the queue, or out of it.
          queue.remove(share);
          if (!share.claims.isEmpty()) {
            queue.add(share);
          }
        }
      }
    } while (granted.size() > before);
    return granted;
  }

  /** Returns who holds most. */
  private Share largest() {
    Share largest = null;
    for (Share share : holders) {
      largest = largest == null || share.held > largest.held ? share : largest;
    }
    return largest;
  }

  /** What one exchange holds or waits for. Thread-safe. */
  public final class Claim {

    private final Share share;
    private long mine;
    private long mineForeseen;
    private long wanted;
    private boolean wantedForeseen;
    private Runnable go;
    private boolean closed;

    private Claim(Share share) {
      this.share = share;
    }

    /** Holds so many bytes instead of what it held, if there is room; else nothing changes. */
    public boolean tryHold(long bytes) {
      List<Runnable> granted = List.of();
      synchronized (AnswerBudget.this) {
        if (closed) {
          return true;
        }
        if (bytes > mine && !fits(share, bytes - mine)) {
          return false;
        }
        set(bytes, 0);
        granted = AnswerBudget.this.grant();
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
      Share cut = null;
      List<Runnable> granted = List.of();
      synchronized (AnswerBudget.this) {
        if (!closed) {
          cut = bytes > mine && held + bytes - mine > limit ? largest() : null;
          set(bytes, 0);
          granted = AnswerBudget.this.grant();
        }
      }
      if (cut != null) {
        cut.cut();
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
      await(bytes, false, action);
    }

    /**
     * Waits, unless there is room, for an answer whose length is not known yet: until it is, so
     * many bytes count for its connection, and against a quarter of the budget that is for such
     * only.
     *
     * @param action as for {@link #await}
     */
    public void foresee(long bytes, Runnable action) {
      await(bytes, true, action);
    }

    private void await(long bytes, boolean asForeseen, Runnable action) {
      List<Runnable> granted;
      synchronized (AnswerBudget.this) {
        if (closed) {
          return;
        }
        set(0, 0);
        wanted = bytes;
        wantedForeseen = asForeseen;
        go = action;
        share.claims.add(this);
        queue.add(share);
        granted = AnswerBudget.this.grant();
      }
      granted.forEach(Runnable::run);
    }

    /** Gives all back; nothing can be held any more. Idempotent. */
    public void close() {
      List<Runnable> granted;
      synchronized (AnswerBudget.this) {
        if (closed) {
          return;
        }
        set(0, 0);
        closed = true;
        granted = AnswerBudget.this.grant();
      }
      granted.forEach(Runnable::run);
    }

    private void set(long bytes, long expected) {
      if (go != null) {
        go = null;
        share.claims.remove(this);
        if (share.claims.isEmpty()) {
          queue.remove(share);
        }
      }
      add(share, bytes - mine);
      mine = bytes;
      AnswerBudget.this.foreseen += expected - mineForeseen;
      share.foreseen += expected - mineForeseen;
      mineForeseen = expected;
    }

    private boolean isPossible() {
      return wantedForeseen ? isForeseeable(share, wanted) : fits(share, wanted);
    }

    private Runnable grant() {
      Runnable granted = go;
      go = null;
      share.claims.remove();
      set(wantedForeseen ? 0 : wanted, wantedForeseen ? wanted : 0);
      return granted;
    }
  }
}
