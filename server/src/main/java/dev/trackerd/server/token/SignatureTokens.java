package dev.trackerd.server.token;

import dev.trackerd.server.auth.AccessToken;
import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.auth.RpcTokens;
import dev.trackerd.server.auth.SigV4;
import dev.trackerd.server.auth.SignedRequest;
import dev.trackerd.server.auth.SignedRequest.Header;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.ErrorReason;
import dev.trackerd.v1.ExchangeSignatureRequest;
import dev.trackerd.v1.ExchangeSignatureResponse;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns the signature of an HTTP request into a token for the one RPC that the request asks for.
 * Thread-safe; may block its thread for the store.
 */
public final class SignatureTokens {
  private static final String TARGET = "x-amz-target";
  private static final Pattern RPC = Pattern.compile("[A-Za-z0-9_.]{1,200}/[A-Za-z0-9_]{1,100}");

  private final SigV4 signatures;
  private final RpcTokens tokens;

  /** An exchange of what {@code signatures} accepts for {@code tokens}. */
  public SignatureTokens(SigV4 signatures, RpcTokens tokens) {
    this.signatures = signatures;
    this.tokens = tokens;
  }

  ExchangeSignatureResponse answer(ExchangeSignatureRequest request) {
    if (!RPC.matcher(request.getRpc()).matches()) {
      throw RequestException.field("rpc", "expected: a method such as tracker.v1.Service/Method");
    }
    SignedRequest signed = signed(request);
    Caller caller = signatures.verify(signed);
    requireTarget(signed, request.getRpc());
    AccessToken token = tokens.issue(caller, request.getRpc());
    return ExchangeSignatureResponse.newBuilder()
        .setAccessToken(token.value())
        .setExpiresIn(token.expiresIn())
        .build();
  }

  /**
   * Who saw a signed request pass must not turn it into a token for anything else: the operation is
   * signed with it, so the RPC has to be that one.
   */
  private static void requireTarget(SignedRequest request, String rpc) {
    String method = rpc.substring(rpc.indexOf('/') + 1);
    List<String> targets =
        request.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase(TARGET))
            .map(header -> header.value().strip())
            .toList();
    if (targets.size() != 1 || !targets.get(0).endsWith("." + method)) {
      throw RequestException.field("rpc", "expected: the method that X-Amz-Target names");
    }
  }

  private static SignedRequest signed(ExchangeSignatureRequest request) {
    try {
      return new SignedRequest(
          request.getMethod(),
          request.getPath(),
          request.getQuery(),
          request.getHeadersList().stream()
              .map(header -> new Header(header.getName(), header.getValue()))
              .toList(),
          request.getPayloadSha256());
    } catch (IllegalArgumentException e) {
      // Its message names the component and what was expected, and repeats no value.
      throw new RequestException(ErrorReason.FIELD_INVALID, e.getMessage());
    }
  }
}
