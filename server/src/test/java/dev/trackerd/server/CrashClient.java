package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.trackerd.server.RunningServer.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The one who writes in an account over HTTP, one change after the other, and knows what has to be
 * there: what was acknowledged, that is, answered wholly with 200.
 */
public final class CrashClient {
  private static final Set<Integer> AWAY = Set.of(502, 503, 504);
  private static final String ONE = "/v1/manage/tracker";
  private static final String MANY = "/v1/manage/trackers";

  /**
   * A request.
   *
   * @param id null if a tracker is to be made
   * @param content null if one is to be deleted
   */
  private record Change(String method, String id, String content) {
    String path() {
      return id == null ? ONE : ONE + "/" + id;
    }

    /** Does it to these trackers, by their ids; one that it makes gets the new id. */
    void applyTo(Map<String, JsonObject> trackers, String newId) {
      if (content == null) {
        trackers.remove(id);
        return;
      }
      JsonObject tracker = JsonParser.parseString(content).getAsJsonObject();
      tracker.addProperty("id", id == null ? newId : id);
      trackers.put(tracker.get("id").getAsString(), tracker);
    }

    /** Without the content, which may be long. */
    @Override
    public String toString() {
      return method + " " + path();
    }
  }

  private final String account;
  private final SplittableRandom random;

  /** By their ids, as the server returns them: in the order of their creation. */
  private NavigableMap<String, JsonObject> there = new TreeMap<>();

  private String newestId = "";
  private Change inDoubt;
  private String token;
  private int step;

  public CrashClient(String account, long seed) {
    this.account = account;
    this.random = new SplittableRandom(seed);
  }

  /** What {@code TRACKERD_CREDENTIALS} needs. */
  public String credential() {
    return account + ":key" + account + ":secret" + account;
  }

  /** Gets the token for all requests of this client. */
  public void logIn(RestClient server) {
    token = server.token("key" + account, "secret" + account);
  }

  /** Writes until the server is dead, and counts what it acknowledges. */
  public void write(RestClient server, CountDownLatch acknowledged) {
    try {
      while (true) {
        inDoubt = next();
        acknowledge(call(server, inDoubt.method(), inDoubt.path(), inDoubt.content()));
        acknowledged.countDown();
      }
    } catch (UncheckedIOException e) {
      assertThat(acknowledged.getCount()).as("writes before the kill, but: %s", e).isZero();
    }
  }

  /**
   * Writes until the server or its store is away, or it is time to end, and counts what is
   * acknowledged. Whether the change that found them away was made is in doubt.
   */
  public void writeUntilAway(RestClient server, CountDownLatch acknowledged, BooleanSupplier end) {
    try {
      while (!end.getAsBoolean()) {
        inDoubt = next();
        Answer answer = call(server, inDoubt.method(), inDoubt.path(), inDoubt.content());
        if (AWAY.contains(answer.status())) {
          return;
        }
        acknowledge(answer);
        acknowledged.countDown();
      }
    } catch (UncheckedIOException e) {
      // It has gone away: that was expected too.
    }
  }

  /**
   * Compares with what is there after the kill. The change that was in doubt may be there or not,
   * but not in part; from now on it is what it turned out to be.
   */
  public void verify(RestClient server) {
    List<JsonObject> found = list(server);
    if (inDoubt != null) {
      NavigableMap<String, JsonObject> changed = new TreeMap<>(there);
      inDoubt.applyTo(
          changed, found.stream().map(CrashClient::id).filter(this::isNew).findFirst().orElse(""));
      there = found.equals(List.copyOf(changed.values())) ? changed : there;
    }
    assertThat(found)
        .as("trackers of %s after %s changes; in doubt: %s", account, step, inDoubt)
        .containsExactlyElementsOf(there.values());
    settle();
  }

  private Change next() {
    step++;
    int choice = random.nextInt(10);
    if (there.isEmpty() || choice < 4) {
      return new Change("POST", null, content(newName()));
    }
    JsonObject old =
        there.values().stream().skip(random.nextInt(there.size())).findFirst().orElseThrow();
    if (choice < 7) {
      return new Change("DELETE", id(old), null);
    }
    String name = random.nextBoolean() ? newName() : old.get("name").getAsString();
    return new Change("PUT", id(old), content(name));
  }

  /** All accounts use the same names, so that they would meet if they weren't kept apart. */
  private String newName() {
    return "tracker " + step;
  }

  /** No two changes have a phrase in common. */
  private String content(String name) {
    // One in ten has up to 25 KB, so that its row spans several pages of the database.
    int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 500 : 9);
    return RunningServer.trackerJson(
        name,
        IntStream.range(0, count)
            .mapToObj(i -> "step " + step + " of " + account + ", phrase " + i + " of " + count)
            .toArray(String[]::new));
  }

  private void acknowledge(Answer answer) {
    assertThat(answer.status()).as("%s: %s", inDoubt, answer.body()).isEqualTo(200);
    JsonObject reply = answer.json().getAsJsonObject();
    if (inDoubt.content() == null) {
      assertThat(reply.get("id").getAsString()).isEqualTo(inDoubt.id());
      assertThat(reply.get("deleted").getAsBoolean()).isTrue();
      inDoubt.applyTo(there, null);
    } else {
      String id = answer.trackerId();
      assertThat(inDoubt.id() == null ? isNew(id) : id.equals(inDoubt.id()))
          .as("%s is the id of %s; the newest so far: %s", id, inDoubt, newestId)
          .isTrue();
      inDoubt.applyTo(there, id);
      assertThat(reply.getAsJsonObject("tracker")).isEqualTo(there.get(id));
    }
    settle();
  }

  private void settle() {
    inDoubt = null;
    if (!there.isEmpty() && isNew(there.lastKey())) {
      newestId = there.lastKey();
    }
  }

  /** Ids have so many digits each that they compare as texts do, and a later one is greater. */
  private boolean isNew(String id) {
    return id.compareTo(newestId) > 0;
  }

  private List<JsonObject> list(RestClient server) {
    Answer answer = call(server, "GET", MANY, null);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<JsonObject> trackers = new ArrayList<>();
    for (JsonElement tracker : answer.json().getAsJsonObject().getAsJsonArray("trackers")) {
      trackers.add(tracker.getAsJsonObject());
    }
    return trackers;
  }

  private Answer call(RestClient server, String method, String path, String body) {
    return server.call(method, path, body, "Authorization", "Bearer " + token);
  }

  private static String id(JsonObject tracker) {
    return tracker.get("id").getAsString();
  }
}
