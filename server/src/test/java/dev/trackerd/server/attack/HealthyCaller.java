package dev.trackerd.server.attack;

import dev.trackerd.v1.GetRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Somebody with an account of their own who reads and writes one tracker at both doors, one call
 * after another, until told to stop. Counts what is not answered as it should be.
 */
final class HealthyCaller {
  private static final String PATH = "/v1/manage/tracker";
  private static final Pattern ID = Pattern.compile(".*\"id\":\"(\\d+)\".*", Pattern.DOTALL);

  /**
   * No call of a healthy caller may take as long, whatever others do, on a machine that is busy.
   */
  static final long PATIENCE_MILLIS = 5_000;

  private static final int PAUSE_MILLIS = 5;

  private final AttackedProgram program;
  private final String token;
  private final String tracker;
  private final GrpcAccount account;
  private final List<Long> nanos = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Thread thread = new Thread(this::call, "healthy caller");
  private volatile boolean stopped;

  private HealthyCaller(AttackedProgram program) throws Exception {
    this.program = program;
    this.token = program.token(AttackedProgram.NEIGHBOUR);
    String name = "healthy" + System.nanoTime();
    String body = "{\"name\":\"" + name + "\",\"vocabulary\":[\"a phrase\"]}";
    this.tracker = ID.matcher(program.call("POST", PATH, token, body).body()).replaceFirst("$1");
    this.account = GrpcAccount.open(program, token);
  }

  /** What was answered, and how long that took. */
  record Figures(int calls, List<String> failures, long p99Millis, long maxMillis) {}

  /** Begins to call. */
  static HealthyCaller start(AttackedProgram program) throws Exception {
    HealthyCaller caller = new HealthyCaller(program);
    // The first calls of a fresh program are slow by themselves.
    for (int i = 0; i < 50; i++) {
      caller.round();
    }
    if (!caller.failures.isEmpty()) {
      caller.account.close();
      throw new IllegalStateException(caller.failures.toString());
    }
    caller.nanos.clear();
    caller.thread.start();
    return caller;
  }

  /** Ends after the call that runs. */
  Figures stop() throws InterruptedException {
    stopped = true;
    thread.join(TimeUnit.MINUTES.toMillis(2));
    if (thread.isAlive()) {
      thread.interrupt();
      thread.join();
    }
    account.close();
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    long[] millis = Arrays.stream(sorted).map(TimeUnit.NANOSECONDS::toMillis).toArray();
    int last = millis.length - 1;
    return new Figures(
        millis.length,
        List.copyOf(failures),
        last < 0 ? 0 : millis[(int) (last * 0.99)],
        last < 0 ? 0 : millis[last]);
  }

  private void call() {
    while (!stopped) {
      round();
    }
  }

  private void round() {
    timed("GET", () -> status(program.call("GET", PATH + "/" + tracker, token, "")));
    timed("Get", this::get);
    timed(
        "PUT",
        () ->
            status(
                program.call(
                    "PUT", PATH + "/" + tracker, token, "{\"vocabulary\":[\"a phrase\"]}")));
  }

  private String get() {
    GetRequest request = GetRequest.newBuilder().setTrackerId(tracker).build();
    return account.trackers().get(request).getTracker().getVocabularyList().toString();
  }

  private static String status(HttpResponse<String> answer) {
    return answer.statusCode() == 200 && answer.body().contains("\"vocabulary\":[\"a phrase\"]")
        ? "[a phrase]"
        : answer.statusCode() + " " + answer.body();
  }

  private void timed(String what, Callable<String> call) {
    long start = System.nanoTime();
    try {
      String answer = call.call();
      if (!answer.equals("[a phrase]")) {
        failures.add(what + ": " + answer);
      }
      nanos.add(System.nanoTime() - start);
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      stopped = true;
    } catch (Exception e) {
      failures.add(what + ": " + e);
    }
  }
}
