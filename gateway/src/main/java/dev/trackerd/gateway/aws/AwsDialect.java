package dev.trackerd.gateway.aws;

import com.google.rpc.Code;
import dev.trackerd.gateway.http.Dialect;
import dev.trackerd.gateway.http.Exchange;
import dev.trackerd.gateway.http.HttpErrors;
import dev.trackerd.gateway.http.HttpFailure;
import dev.trackerd.gateway.http.Methods;
import dev.trackerd.gateway.v1.GatewayErrorReason;
import io.grpc.ServiceDescriptor;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Collection;
import java.util.UUID;

/**
 * The dialect of AWS' SDKs, awsJson1_1: {@code POST /}, and a header names the operation. Of a
 * failure some SDKs read the header and some the body, so it is named in both. Thread-safe.
 */
public final class AwsDialect implements Dialect {

  private static final CharSequence MEDIA_TYPE =
      HttpHeaders.createOptimized(AwsOperations.MEDIA_TYPE);
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-amzn-RequestId");
  private static final CharSequence ERROR_TYPE = HttpHeaders.createOptimized("x-amzn-ErrorType");

  private static final CharSequence ALLOW = HttpHeaders.createOptimized("OPTIONS, POST");
  // What the SDKs for browsers send, and what may be added to it.
  private static final CharSequence CORS_HEADERS =
      HttpHeaders.createOptimized(
          "authorization,content-type,idempotency-key,x-amz-content-sha256,x-amz-date,"
              + "x-amz-security-token,x-amz-target,x-amz-user-agent,amz-sdk-invocation-id,amz-sdk-request");

  private final AwsOperations operations;

  private AwsDialect(AwsOperations operations) {
    this.operations = operations;
  }

  /** See {@link AwsOperations#of}. */
  public static AwsDialect of(Collection<ServiceDescriptor> services) {
    return new AwsDialect(AwsOperations.of(services));
  }

  @Override
  public boolean isMeant(Exchange exchange) {
    boolean named = exchange.header(AwsOperations.TARGET) != null;
    return AwsOperations.isMeant(exchange.method(), named ? "" : exchange.target().path(), named)
        || isQuestion(exchange);
  }

  @Override
  public void answer(Exchange exchange) {
    if (isQuestion(exchange)) {
      exchange.access().route(AwsOperations.PATH);
      exchange.answer().tellMethods(ALLOW, CORS_HEADERS);
      return;
    }
    // SDKs show their users this id, so the logs shall know the request by it too.
    exchange.rename(UUID.randomUUID().toString());
    String type = exchange.header(HttpHeaders.CONTENT_TYPE);
    if (!AwsOperations.fits(exchange.method(), exchange.target().path(), type)) {
      throw noOperationHere();
    }
    exchange.access().route(AwsOperations.PATH);
    AwsOperation operation =
        operations
            .find(exchange.request().headers().getAll(AwsOperations.TARGET))
            .orElseThrow(AwsDialect::operationUnknown);
    new AwsCall(exchange, operation).start();
  }

  @Override
  public void describe(Exchange exchange, MultiMap headers) {
    headers.set(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    headers.set(REQUEST_ID, exchange.id());
  }

  @Override
  public Failed fail(HttpFailure failure, MultiMap headers) {
    AwsError error = AwsError.of(failure.body());
    headers.set(ERROR_TYPE, error.type());
    return new Failed(error.httpStatus(), error.json());
  }

  /** Returns whether a request asks what may be sent here, as browsers do before they send it. */
  private static boolean isQuestion(Exchange exchange) {
    return exchange.method().equals(Methods.OPTIONS)
        && exchange.header(AwsOperations.TARGET) == null
        && exchange.target().path().equals(AwsOperations.PATH);
  }

  /** What a request that names no operation is answered with. */
  private static HttpFailure operationUnknown() {
    String message = "There is no operation of that name.";
    return HttpErrors.own(400, Code.UNIMPLEMENTED, GatewayErrorReason.OPERATION_UNKNOWN, message);
  }

  /** What a request that no SDK sends, but that names an operation, is answered with. */
  private static HttpFailure noOperationHere() {
    String message =
        "Operations are called by POST / with Content-Type application/x-amz-json-1.1.";
    return HttpErrors.own(404, Code.NOT_FOUND, GatewayErrorReason.ROUTE_NOT_FOUND, message);
  }
}
