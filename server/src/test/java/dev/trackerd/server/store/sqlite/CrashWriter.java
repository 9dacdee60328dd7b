package dev.trackerd.server.store.sqlite;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sql.StoreContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The process that is going to be killed. Changes several accounts without end, and tells on its
 * standard output what it tries and, once the store has acknowledged it, that it is done:
 *
 * <pre>
 * try ACCOUNT create NAME VERSION .
 * try ACCOUNT createAll NAME VERSION .
 * try ACCOUNT update ID NAME VERSION .
 * try ACCOUNT delete ID .
 * done ACCOUNT [ID…] .
 * </pre>
 */
final class CrashWriter implements Runnable {
  private final TrackerStore store;
  private final int number;
  private final String run;
  private final AccountId account;
  private final SplittableRandom random;
  private final List<StoredTracker> mine;
  private int step;

  private CrashWriter(TrackerStore store, int number, String run) {
    this.store = store;
    this.number = number;
    this.run = run;
    this.account = CrashOps.account(number);
    this.random = new SplittableRandom((run + number).hashCode());
    this.mine = new ArrayList<>(StoreContract.walk(store, account, 1000));
  }

  /** Takes the data directory and a name for the run that no other run has. */
  public static void main(String[] args) {
    Stores stores = SqliteStores.open(Path.of(args[0]), StoreConfig.unlimited());
    IntStream.range(0, CrashOps.ACCOUNTS)
        .mapToObj(number -> new CrashWriter(stores.trackers(), number, args[1]))
        .forEach(writer -> new Thread(writer).start());
  }

  @Override
  public void run() {
    while (true) {
      step++;
      int choice = random.nextInt(10);
      if (mine.isEmpty() || choice < 4) {
        create();
      } else if (choice < 5) {
        createAll();
      } else if (choice < 8) {
        update();
      } else {
        delete();
      }
    }
  }

  private void create() {
    String name = name();
    say("try", "create", name, step);
    StoredTracker made = store.create(account, CrashOps.content(name, step));
    mine.add(made);
    say("done", made.id());
  }

  private void createAll() {
    String name = name();
    say("try", "createAll", name, step);
    List<TrackerContent> contents =
        IntStream.range(0, CrashOps.BULK)
            .mapToObj(i -> CrashOps.content(name + "." + i, step))
            .toList();
    List<StoredTracker> made = store.createAll(account, contents);
    mine.addAll(made);
    say("done", made.stream().map(StoredTracker::id).toArray());
  }

  private void update() {
    int index = random.nextInt(mine.size());
    StoredTracker old = mine.get(index);
    String name = random.nextBoolean() ? old.content().name() : name();
    say("try", "update", old.id(), name, step);
    mine.set(index, store.update(account, old.id(), content -> CrashOps.content(name, step)));
    say("done");
  }

  private void delete() {
    StoredTracker old = mine.remove(random.nextInt(mine.size()));
    say("try", "delete", old.id());
    store.delete(account, old.id());
    say("done");
  }

  private String name() {
    return run + "-" + number + "-" + step;
  }

  private void say(String what, Object... words) {
    StringBuilder line = new StringBuilder(what).append(' ').append(number);
    for (Object word : words) {
      line.append(' ').append(word);
    }
    synchronized (System.out) {
      System.out.println(line.append(CrashOps.END));
    }
  }
}
