package dev.trackerd.server.auth;

/**
 * An access token as its owner gets it.
 *
 * @param value the signed JWT
 * @param expiresIn whole seconds until it expires, 1 to 86,400
 */
public record AccessToken(String value, int expiresIn) {

  /** Leaves the token out: it is as good as a secret while it lasts. */
  @Override
  public String toString() {
    return "AccessToken[expiresIn=" + expiresIn + "]";
  }
}
