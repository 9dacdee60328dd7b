package dev.trackerd.server.auth;

import java.time.Duration;

/**
 * What sets one kind of token apart from others signed by the same server. A token of one form is
 * never taken for one of another: the type, the audience and the signing key differ.
 *
 * @param type the header's {@code typ} (RFC 8725, section 3.11: explicit typing)
 * @param audience the claim {@code aud}
 * @param lifetime {@code exp} minus {@code iat}
 */
record TokenForm(String type, String audience, Duration lifetime) {
  /** A bearer token for all calls; the type is RFC 9068's. */
  static final TokenForm ACCESS = new TokenForm("at+jwt", "trackerd", Duration.ofDays(1));

  /** A bearer token for the calls of one RPC, which its audience names. */
  static TokenForm oneRpc(String rpc) {
    return new TokenForm("trackerd-rpc+jwt", "trackerd/" + rpc, Duration.ofMinutes(1));
  }
}
