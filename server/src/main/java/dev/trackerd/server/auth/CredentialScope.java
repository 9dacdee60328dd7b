package dev.trackerd.server.auth;

/**
 * The {@code Credential} of a signature: a key, and what its signing key is for.
 *
 * @param date eight digits, if it is right
 */
record CredentialScope(
    String keyId, String date, String region, String service, String terminator) {
  static final String TERMINATOR = "aws4_request";

  /**
   * Takes a credential apart.
   *
   * @throws SignatureRejectedException INCOMPLETE_SIGNATURE if it has more or fewer than five parts
   */
  static CredentialScope parse(String credential) {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5) {
      throw SignatureRejectedException.incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '%s'",
          credential);
    }
    return new CredentialScope(parts[0], parts[1], parts[2], parts[3], parts[4]);
  }

  /**
   * Checks that this scope is the one expected.
   *
   * @throws SignatureRejectedException INVALID_SIGNATURE naming all parts that differ
   */
  void require(String expectedRegion, String expectedService, SignatureDate signedAt) {
    StringBuilder faults = new StringBuilder();
    if (!region.equals(expectedRegion)) {
      faults.append("Credential should be scoped to a valid region, not '%2$s'. ");
    }
    if (!service.equals(expectedService)) {
      faults.append("Credential should be scoped to correct service: '%3$s'. ");
    }
    if (!terminator.equals(TERMINATOR)) {
      faults.append("Credential should be scoped with a valid terminator: '%4$s', not '%5$s'. ");
    }
    if (!date.equals(signedAt.day())) {
      faults.append(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%1$s' != '%6$s', from '%7$s'.");
    }
    if (!faults.isEmpty()) {
      throw SignatureRejectedException.invalid(
          faults.toString(),
          date,
          region,
          expectedService,
          TERMINATOR,
          terminator,
          signedAt.day(),
          signedAt.toString());
    }
  }

  /** The scope without the key, as it is signed. */
  @Override
  public String toString() {
    return date + "/" + region + "/" + service + "/" + terminator;
  }
}
