package dev.trackerd.gateway.aws;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.ForwardedHeaders;
import dev.trackerd.gateway.http.BodyReader;
import dev.trackerd.gateway.http.Calls;
import dev.trackerd.gateway.http.Exchange;
import dev.trackerd.gateway.http.RequestTarget;
import io.grpc.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
  private final AwsOperation operation;
  private Deadline deadline;

  AwsCall(Exchange exchange, AwsOperation operation) {
    this.exchange = exchange;
    this.operation = operation;
  }

  /** Answers the request. */
  void start() {
    exchange.access().rpc(operation.rpc());
    BodyReader.read(exchange, AwsOperations.MAX_BODY_BYTES, this::authenticate);
  }

  private void authenticate(byte[] body) {
    deadline = exchange.surroundings().deadlines().of(null, false);
    AwsSignatures.Signed parts = signed();
    exchange.work(
        body.length,
        () -> {
          Message request = AwsSignatures.request(operation.rpc(), parts, body);
          exchange.resume(() -> exchangeSignature(request, body));
        });
  }

  private void exchangeSignature(Message request, byte[] body) {
    new Calls(exchange, AwsSignatures.RPC, forwarded(List.of()))
        .start(
            request,
            deadline,
            reply -> {
              String token = AwsSignatures.token(reply);
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
    new Calls(exchange, operation.rpc(), headers)
        .start(request, deadline, reply -> exchange.succeed(operation.encode(reply), false));
  }

  private AwsSignatures.Signed signed() {
    List<Map.Entry<String, String>> headers =
        new ArrayList<>(exchange.request().headers().entries());
    if (exchange.header(HOST) == null && exchange.request().authority(true) != null) {
      headers.add(Map.entry(HOST, exchange.request().authority(true).toString()));
    }
    RequestTarget target = exchange.target();
    return new AwsSignatures.Signed(exchange.method(), target.path(), target.query(), headers);
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
