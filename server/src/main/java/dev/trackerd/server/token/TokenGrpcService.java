package dev.trackerd.server.token;

import dev.trackerd.server.auth.AccessToken;
import dev.trackerd.server.auth.AccessTokens;
import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.rpc.Admission;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RequestException.Violation;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.GenerateRequest;
import dev.trackerd.v1.GenerateResponse;
import dev.trackerd.v1.TokenServiceGrpc;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.List;

/** {@code tracker.v1.TokenService}. Thread-safe; may block its thread for the store. */
public final class TokenGrpcService {
  private final ApiKeys keys;
  private final AccessTokens tokens;
  private final SignatureTokens exchange;

  /** A service that makes {@code tokens} for {@code keys}, and others for signatures. */
  public TokenGrpcService(ApiKeys keys, AccessTokens tokens, SignatureTokens exchange) {
    this.keys = keys;
    this.tokens = tokens;
    this.exchange = exchange;
  }

  /** The service for a server behind {@code admission}. */
  public ServerServiceDefinition bind(Admission admission) {
    return admission
        .service(TokenServiceGrpc.getServiceDescriptor())
        .method(TokenServiceGrpc.getGenerateMethod(), this::generate)
        .method(TokenServiceGrpc.getExchangeSignatureMethod(), exchange::answer)
        .build();
  }

  private GenerateResponse generate(GenerateRequest request) {
    check(request);
    AccessToken token = tokens.issue(authenticate(request));
    return GenerateResponse.newBuilder()
        .setAccessToken(token.value())
        .setExpiresIn(token.expiresIn())
        .build();
  }

  private Caller authenticate(GenerateRequest request) {
    return keys.authenticate(request.getAppId(), request.getAppSecret())
        .orElseThrow(
            () ->
                new RequestException(
                    ErrorReason.KEY_INVALID, "No API key has that appId and appSecret."));
  }

  private static void check(GenerateRequest request) {
    List<Violation> violations = new ArrayList<>();
    if (!request.getType().isEmpty() && !request.getType().equals("application")) {
      violations.add(new Violation("type", "expected: application"));
    }
    if (request.getAppId().isEmpty()) {
      violations.add(new Violation("app_id", "expected: the id of an API key"));
    }
    if (request.getAppSecret().isEmpty()) {
      violations.add(new Violation("app_secret", "expected: the secret of the API key"));
    }
    if (!violations.isEmpty()) {
      throw RequestException.fields(violations);
    }
  }
}
