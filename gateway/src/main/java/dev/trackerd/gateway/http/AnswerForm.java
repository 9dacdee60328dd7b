package dev.trackerd.gateway.http;

import io.vertx.core.MultiMap;

/** The form of answers in one dialect. */
interface AnswerForm {

  /**
   * A failure in this form.
   *
   * @param httpStatus the HTTP status
   * @param body the whole body
   */
  record Failed(int httpStatus, byte[] body) {}

  /**
   * Adds the headers that say what the answer is: every answer has them, with a body or without.
   */
  void describe(MultiMap headers);

  /** Returns a failure in this form, and adds the headers that only failures have. */
  Failed fail(HttpFailure failure, MultiMap headers);
}
