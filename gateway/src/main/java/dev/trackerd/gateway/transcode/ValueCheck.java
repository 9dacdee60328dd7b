package dev.trackerd.gateway.transcode;

/** Checks one JSON value against what a field takes. Implementations are immutable once built. */
interface ValueCheck {

  /**
   * Checks the value on whose first token the cursor stands, and leaves it on the last.
   *
   * @throws TranscodeException if it does not fit; names the path
   */
  void check(JsonCursor json);
}
