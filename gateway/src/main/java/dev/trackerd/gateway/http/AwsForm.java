package dev.trackerd.gateway.http;

import dev.trackerd.gateway.aws.AwsDialect;
import dev.trackerd.gateway.aws.AwsError;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The form of answers to AWS' SDKs. Of a failure some of them read the header and some the body, so
 * it is named in both.
 */
final class AwsForm implements AnswerForm {

  private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized(AwsDialect.MEDIA_TYPE);
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-amzn-RequestId");
  private static final CharSequence ERROR_TYPE = HttpHeaders.createOptimized("x-amzn-ErrorType");

  private final String requestId;

  /** Makes the form of one exchange; {@code requestId} is a UUID. */
  AwsForm(String requestId) {
    this.requestId = requestId;
  }

  @Override
  public void describe(MultiMap headers) {
    headers.set(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    headers.set(REQUEST_ID, requestId);
  }

  @Override
  public Failed fail(HttpFailure failure, MultiMap headers) {
    AwsError error = AwsError.of(failure.body());
    headers.set(ERROR_TYPE, error.type());
    return new Failed(error.httpStatus(), error.json());
  }
}
