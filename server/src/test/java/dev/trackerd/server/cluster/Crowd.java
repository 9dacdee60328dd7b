package dev.trackerd.server.cluster;

import dev.trackerd.server.RunningServer.Answer;
import dev.trackerd.server.store.sql.Callers;
import java.util.List;
import java.util.function.IntFunction;

/** Callers of servers who ask something at the same moment. */
final class Crowd {
  private Crowd() {}

  /** The answers to what each of so many asks, who are numbered from 0. */
  static List<Answer> ask(int size, IntFunction<Answer> question) throws Exception {
    List<Callers.Answer<Answer>> answers = Callers.all(size, n -> () -> question.apply(n));
    for (Callers.Answer<Answer> answer : answers) {
      if (answer.thrown() != null) {
        throw new AssertionError(answer.thrown());
      }
    }
    return answers.stream().map(Callers.Answer::value).toList();
  }
}
