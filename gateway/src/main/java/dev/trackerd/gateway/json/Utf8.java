package dev.trackerd.gateway.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what is malformed is refused, not replaced. */
public final class Utf8 {

  private Utf8() {}

  /**
   * Decodes text.
   *
   * @param what stands at the front of the error: {@code The body}
   * @throws TranscodeException if it is not UTF-8
   */
  public static String decode(byte[] bytes, String what) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try { // It may be a replacement made just now, or one that was sent.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new TranscodeException("", what + " is not UTF-8");
    }
  }
}
