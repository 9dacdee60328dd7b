package dev.trackerd.server.rpc;

import dev.trackerd.server.auth.AccessTokens;
import dev.trackerd.server.auth.InvalidTokenException;
import dev.trackerd.server.auth.RpcTokens;
import dev.trackerd.server.auth.Verification;
import dev.trackerd.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Verifies the access token of a call and puts its caller into the {@link RpcContext}; a call
 * without a good token is refused before its message is read. Runs on the thread of the transport
 * and never blocks: where the store has to be asked for the key, that is left to the thread that
 * answers. The token stands in {@code authorization: Bearer …} (RFC 6750; the scheme's case does
 * not count) or, where there is no such header, in the deprecated {@code x-api-key}.
 */
public final class AccountInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> API_KEY =
      Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";

  /** What Symbl's documentation shows for a 401. */
  static final String REFUSAL = "Token validation failed for provided token.";

  private static final String MISSING =
      "The access token is missing (expected: authorization: Bearer …)";

  private final AccessTokens tokens;
  private final RpcTokens rpcTokens;

  /**
   * An interceptor that lets the callers of {@code tokens} in, and those of {@code rpcTokens} to
   * the one RPC of theirs.
   */
  public AccountInterceptor(AccessTokens tokens, RpcTokens rpcTokens) {
    this.tokens = tokens;
    this.rpcTokens = rpcTokens;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    RpcContext context = RpcContext.current();
    if (!headers.containsKey(AUTHORIZATION) && !headers.containsKey(API_KEY)) {
      throw new RequestException(ErrorReason.TOKEN_INVALID, MISSING);
    }
    String token = token(headers).orElseThrow(AccountInterceptor::refusal);
    String rpc = call.getMethodDescriptor().getFullMethodName();
    Verification seen = look(token, rpc);
    context.authenticated(seen.caller());
    if (!seen.complete()) {
      context.confirmBy(() -> verify(token, rpc));
    }
    return next.startCall(call, headers);
  }

  private Verification look(String token, String rpc) {
    try {
      return rpcTokens.isOne(token) ? rpcTokens.look(token, rpc) : tokens.look(token);
    } catch (InvalidTokenException e) {
      throw refusal();
    }
  }

  private void verify(String token, String rpc) {
    try {
      if (rpcTokens.isOne(token)) {
        rpcTokens.verify(token, rpc);
      } else {
        tokens.verify(token);
      }
    } catch (InvalidTokenException e) {
      throw refusal();
    }
  }

  private static Optional<String> token(Metadata headers) {
    String authorization = headers.get(AUTHORIZATION);
    if (authorization == null) {
      return Optional.ofNullable(headers.get(API_KEY));
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    var tokens = new StringTokenizer(authorization.substring(SCHEME.length()), " ");
    return tokens.countTokens() == 1 ? Optional.of(tokens.nextToken()) : Optional.empty();
  }

  private static RequestException refusal() {
    return new RequestException(ErrorReason.TOKEN_INVALID, REFUSAL);
  }
}
