package dev.trackerd.server.auth;

import java.io.Serial;
import java.util.Arrays;

/** Why a signed request was not accepted. The message is meant for the caller, as it stands. */
public final class SignatureRejectedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  // The message becomes a gRPC status, and gRPC gives all metadata of an answer 8 KiB.
  private static final int QUOTED = 512;

  /** What a caller can tell apart, as AWS services do. */
  public enum Kind {
    /** The request has no signature at all. */
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException"),
    /** The signature lacks parts, or has a part of another form. */
    INCOMPLETE_SIGNATURE("IncompleteSignatureException"),
    /** The signature is not the right one for this request, here and now. */
    INVALID_SIGNATURE("InvalidSignatureException"),
    /** There is no such key, or a session token came with it. */
    UNRECOGNIZED_CLIENT("UnrecognizedClientException");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    /** The name of this kind in AWS' JSON protocols: the {@code __type} of an error. */
    public String type() {
      return type;
    }
  }

  private final Kind kind;

  private SignatureRejectedException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What a caller can tell apart. */
  public Kind kind() {
    return kind;
  }

  static SignatureRejectedException missing() {
    return new SignatureRejectedException(
        Kind.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");
  }

  /** Quotes what was sent, or its beginning if it is very long, in a format. */
  static SignatureRejectedException incomplete(String format, String... sent) {
    return new SignatureRejectedException(Kind.INCOMPLETE_SIGNATURE, message(format, sent));
  }

  /** Quotes what was sent, or its beginning if it is very long, in a format. */
  static SignatureRejectedException invalid(String format, String... sent) {
    return new SignatureRejectedException(Kind.INVALID_SIGNATURE, message(format, sent));
  }

  static SignatureRejectedException mismatch() {
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  static SignatureRejectedException unrecognized() {
    return new SignatureRejectedException(
        Kind.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");
  }

  private static String message(String format, String... sent) {
    Object[] quoted = Arrays.stream(sent).map(SignatureRejectedException::quoted).toArray();
    return format.formatted(quoted);
  }

  private static String quoted(String text) {
    return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
  }
}
