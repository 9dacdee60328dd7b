package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.ForwardedHeaders;
import dev.trackerd.gateway.route.RouteMatch;
import dev.trackerd.gateway.transcode.HttpBinding;
import dev.trackerd.gateway.transcode.Paging;
import io.grpc.Deadline;
import java.util.Optional;

/** What follows once a request has found its route: decode, call, encode. */
final class RestCall {

  private static final byte[] NO_BODY = {};
  private static final String TIMEOUT = "grpc-timeout";

  private final Exchange exchange;
  private final RouteMatch<RestRoute> match;
  private final String query;
  private final ForwardedHeaders headers;

  RestCall(Exchange exchange, RouteMatch<RestRoute> match, ForwardedHeaders headers) {
    this.exchange = exchange;
    this.match = match;
    this.query = exchange.target().query();
    this.headers = headers;
  }

  /** Reads the body, if the method has one, and goes on. */
  void start() {
    if (Methods.haveBody(exchange.method())) {
      BodyReader.readJson(exchange, match.target().maxBodyBytes(), this::decode);
    } else {
      exchange.admit();
      decode(NO_BODY);
    }
  }

  private void decode(byte[] body) {
    exchange.work(body.length, () -> decodeNow(body));
  }

  private void decodeNow(byte[] body) {
    Deadline client = Deadlines.ofClient(exchange.header(TIMEOUT));
    RestRoute.Endpoint endpoint = match.target().select(query, body);
    Message request = endpoint.binding().decode(match.variables(), query, body);
    exchange.resume(() -> call(endpoint, request, client));
  }

  private void call(RestRoute.Endpoint endpoint, Message request, Deadline client) {
    exchange.access().rpc(endpoint.rpc());
    Deadlines deadlines = exchange.surroundings().deadlines();
    HttpBinding binding = endpoint.binding();
    Calls calls = new Calls(exchange, endpoint.rpc(), headers, binding::toCaller);
    Optional<Paging> paging = binding.paging();
    if (paging.isPresent() && !paging.get().isAskedFor(query)) {
      Paging pages = paging.get();
      new PagedAnswer(exchange, calls, pages, () -> deadlines.of(client, true)).start(request);
    } else {
      Deadline deadline = deadlines.of(client, paging.isPresent());
      boolean compressible = !match.target().isPublic();
      calls.start(
          request, deadline, reply -> exchange.succeed(binding.encode(reply), compressible));
    }
  }
}
