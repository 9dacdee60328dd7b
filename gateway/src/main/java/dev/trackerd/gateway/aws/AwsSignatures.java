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
import java.util.List;
import java.util.Map;

/**
 * Functions over the RPC that turns the signature of a request (AWS Signature Version 4) into an
 * access token: the gateway holds no secrets and can't verify one.
 */
final class AwsSignatures {

  /** The RPC. */
  static final MethodDescriptor<Message, Message> RPC =
      GrpcCaller.unary(TokenServiceGrpc.getExchangeSignatureMethod());

  /**
   * What a signature covers besides the body.
   *
   * @param method the HTTP method
   * @param path as it stood in the request line, not decoded
   * @param query as it stood there, without {@code ?}; empty if there was none
   * @param headers names and values in the order in which they were received, repeated ones too;
   *     over HTTP/2 {@code :authority} as {@code host}
   */
  record Signed(String method, String path, String query, List<Map.Entry<String, String>> headers) {
    /** Copies the list. */
    Signed {
      headers = List.copyOf(headers);
    }
  }

  private AwsSignatures() {}

  /**
   * Returns the RPC's request: all that a signature covers, as it was received.
   *
   * @param rpc what the token is to be good for
   */
  static Message request(MethodDescriptor<?, ?> rpc, Signed parts, byte[] body) {
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
  static String token(Message reply) {
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
