package dev.trackerd.gateway.http;

import dev.trackerd.gateway.transcode.StatusJson;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** The form of answers to requests that found their route by method and path. */
final class RestForm implements AnswerForm {

  @Override
  public void describe(MultiMap headers) {
    headers.set(HttpHeaders.CONTENT_TYPE, AnswerHead.JSON);
  }

  @Override
  public Failed fail(HttpFailure failure, MultiMap headers) {
    AnswerHead.addFailure(headers, failure);
    return new Failed(failure.httpStatus(), StatusJson.print(failure.body()));
  }
}
