package dev.trackerd.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.CallHead;
import dev.trackerd.gateway.call.CallOutcome;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.call.RunningCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What whoever runs this asks: {@code /healthz}, whether the gateway is up, and {@code /readyz},
 * whether the service behind it is ready ({@code grpc.health.v1}). Neither needs a credential.
 */
final class Probes implements Resource {

  private static final Set<String> METHODS = Set.of(Methods.GET);

  private static final String UP = "/healthz";
  private static final String READY = "/readyz";
  // Whoever asks would rather hear no than wait.
  private static final int PATIENCE_SECONDS = 2;

  private static final byte[] OK = "{\"status\":\"ok\"}".getBytes(UTF_8);
  private static final MethodDescriptor<Message, Message> CHECK =
      GrpcCaller.unary(HealthGrpc.getCheckMethod());

  @Override
  public boolean has(Exchange exchange) {
    String path = exchange.target().path();
    return path.equals(UP) || path.equals(READY);
  }

  @Override
  public String template(Exchange exchange) {
    return exchange.target().path();
  }

  @Override
  public Set<String> methods() {
    return METHODS;
  }

  @Override
  public void answer(Exchange exchange, String method) {
    exchange.access().lower();
    if (exchange.target().path().equals(UP)) {
      exchange.succeed(OK, false);
    } else {
      Deadline soon = Deadline.after(PATIENCE_SECONDS, TimeUnit.SECONDS);
      CallHead context =
          new CallHead(new Metadata(), exchange.surroundings().deadlines().of(soon, false));
      Message request = HealthCheckRequest.getDefaultInstance();
      RunningCall check =
          exchange
              .surroundings()
              .caller()
              .call(CHECK, request, context, o -> exchange.attempt(() -> tell(exchange, o)));
      exchange.onGone(check::cancel);
    }
  }

  private static void tell(Exchange exchange, CallOutcome outcome) {
    boolean ready =
        outcome instanceof CallOutcome.Reply reply
            && reply.message() instanceof HealthCheckResponse health
            && health.getStatus() == ServingStatus.SERVING;
    if (!ready) {
      throw HttpErrors.notReady();
    }
    exchange.succeed(OK, false);
  }
}
