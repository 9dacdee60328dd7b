package dev.trackerd.gateway.aws;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.v1.ExchangeSignatureRequest;
import dev.trackerd.v1.ExchangeSignatureResponse;
import dev.trackerd.v1.TokenServiceGrpc;
import io.grpc.MethodDescriptor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Functions over the RPC that turns the signature of a request (AWS Signature Version 4) into an
 * access token: the gateway holds no secrets and can't verify one.
 */
public final class SignatureExchange {

  /** The RPC. */
  public static final MethodDescriptor<Message, Message> RPC =
      GrpcCaller.unary(TokenServiceGrpc.getExchangeSignatureMethod());

  private SignatureExchange() {}

  /**
   * Returns the RPC's request: all that a signature covers, as it was received.
   *
   * @param rpc what the token is to be good for
   */
  public static Message request(MethodDescriptor<?, ?> rpc, SignedParts parts, byte[] body) {
    ExchangeSignatureRequest.Builder request =
        ExchangeSignatureRequest.newBuilder()
            .setRpc(rpc.getFullMethodName())
            .setMethod(parts.method())
            .setPath(parts.path())
            .setQuery(parts.query())
            .setPayloadSha256(sha256(body));
    for (Map.Entry<String, String> header : parts.headers()) {
      request.addHeadersBuilder().setName(header.getKey()).setValue(header.getValue());
    }
    return request.build();
  }

  /** Returns the access token of the RPC's reply. */
  public static String token(Message reply) {
    return ((ExchangeSignatureResponse) reply).getAccessToken();
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
