package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.aws.AwsDialect;
import dev.trackerd.gateway.aws.AwsOperation;
import dev.trackerd.gateway.aws.SignatureExchange;
import dev.trackerd.gateway.aws.SignedParts;
import dev.trackerd.gateway.call.ForwardedHeaders;
import io.grpc.Deadline;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One request of an AWS SDK: the signature is exchanged for a token, and the operation's RPC is
 * called with that. Nothing reads the body's JSON before its sender is known.
 *
 * <p>Order of refusals: method, path and content type 404; no such operation 400; 413; the
 * signature; what is no request of the operation; then whatever the service says.
 */
final class AwsCall {

  private static final String AUTHORIZATION = "authorization";
  private static final String HOST = "host";

  private final Exchange exchange;
  private final Backend backend;
  private final AwsOperation operation;
  private Deadline deadline;

  private AwsCall(Exchange exchange, Backend backend, AwsOperation operation) {
    this.exchange = exchange;
    this.backend = backend;
    this.operation = operation;
  }

  /** Returns whether a request is one of an AWS SDK, or was meant to be. */
  static boolean isMeant(Exchange exchange) {
    boolean named = exchange.header(AwsDialect.TARGET) != null;
    return AwsDialect.isMeant(exchange.method(), named ? "" : exchange.target().path(), named);
  }

  /** Answers a request. */
  static void start(Exchange exchange, AwsDialect dialect, Backend backend) {
    // SDKs show their users this id, so the logs shall know the request by it too.
    String id = UUID.randomUUID().toString();
    exchange.rename(id);
    exchange.speak(new AwsForm(id));
    String type = exchange.header(HttpHeaders.CONTENT_TYPE);
    if (!AwsDialect.fits(exchange.method(), exchange.target().path(), type)) {
      throw HttpErrors.noOperationHere();
    }
    AwsOperation operation =
        dialect
            .find(exchange.request().headers().getAll(AwsDialect.TARGET))
            .orElseThrow(HttpErrors::operationUnknown);
    AwsCall call = new AwsCall(exchange, backend, operation);
    RequestBody.read(exchange, AwsDialect.MAX_BODY_BYTES, call::authenticate);
  }

  private void authenticate(byte[] body) {
    deadline = backend.deadlines().of(null, false);
    SignedParts parts = signedParts();
    exchange.work(
        body.length,
        () -> {
          Message request = SignatureExchange.request(operation.rpc(), parts, body);
          exchange.resume(() -> exchangeSignature(request, body));
        });
  }

  private void exchangeSignature(Message request, byte[] body) {
    new Calls(exchange, SignatureExchange.RPC, forwarded(List.of()), backend.caller())
        .start(
            request,
            deadline,
            reply -> {
              String token = SignatureExchange.token(reply);
              exchange.resume(() -> decode(token, body));
            });
  }

  private void decode(String token, byte[] body) {
    exchange.work(
        body.length,
        () -> {
          Message request = operation.decode(body);
          exchange.resume(() -> operate(request, token));
        });
  }

  private void operate(Message request, String token) {
    ForwardedHeaders headers = forwarded(List.of(Map.entry(AUTHORIZATION, "Bearer " + token)));
    new Calls(exchange, operation.rpc(), headers, backend.caller())
        .start(request, deadline, reply -> exchange.succeed(operation.encode(reply), false));
  }

  private SignedParts signedParts() {
    List<Map.Entry<String, String>> headers =
        new ArrayList<>(exchange.request().headers().entries());
    if (exchange.header(HOST) == null && exchange.request().authority(true) != null) {
      headers.add(Map.entry(HOST, exchange.request().authority(true).toString()));
    }
    Target target = exchange.target();
    return new SignedParts(exchange.method(), target.path(), target.query(), headers);
  }

  /** Returns what is sent on: of the request's headers no credential, which is for signing only. */
  private ForwardedHeaders forwarded(List<Map.Entry<String, String>> credential) {
    List<Map.Entry<String, String>> headers = new ArrayList<>(credential);
    for (Map.Entry<String, String> header : exchange.request().headers()) {
      if (!ForwardedHeaders.isCredential(header.getKey())) {
        headers.add(header);
      }
    }
    return ForwardedHeaders.of(headers, exchange.id());
  }
}
