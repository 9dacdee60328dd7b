package dev.trackerd.gateway.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses one answer (RFC 1952), at once or piece by piece. Between pieces it holds nothing that
 * must be given back. Not thread-safe; pieces may come from different threads, one after another.
 */
final class Gzip {

  /** A shorter answer fits one packet anyhow, with its head. */
  private static final int WORTH = 1_024;

  private static final Deflaters DEFLATERS = new Deflaters();
  private static final Pattern NEVER = Pattern.compile("(?i)q\\s*=\\s*0(\\.0{0,3})?");

  // RFC 1952, 2.3: magic, DEFLATE, no flags, no time, no extra flags, an unknown system.
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int TAIL = 8;

  private final CRC32 crc = new CRC32();
  private int length;
  private boolean begun;

  /**
   * Returns whether an {@code Accept-Encoding} header (RFC 9110, 12.5.3) takes gzip; null does not.
   */
  static boolean isAccepted(String header) {
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String element : header.split(",")) {
      int parameters = element.indexOf(';');
      String coding = (parameters < 0 ? element : element.substring(0, parameters)).strip();
      boolean wanted = parameters < 0 || !isZero(element.substring(parameters + 1));
      if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
        return wanted;
      }
      any |= coding.equals("*") && wanted;
    }
    return any;
  }

  private static boolean isZero(String parameter) {
    return NEVER.matcher(parameter.strip()).matches();
  }

  /** Returns whether an answer is long enough to be compressed. */
  static boolean isWorth(byte[] answer) {
    return answer.length >= WORTH;
  }

  /** Returns a whole answer compressed. */
  static byte[] compress(byte[] answer) {
    return new Gzip().last(answer);
  }

  /** Returns the next piece compressed, so that its reader gets all of it. */
  byte[] next(byte[] piece) {
    return code(piece, false);
  }

  /** Returns the last piece compressed. */
  byte[] last(byte[] piece) {
    return code(piece, true);
  }

  /** Pieces end at a byte and refer to nothing before them: each may have another compressor. */
  private byte[] code(byte[] piece, boolean last) {
    crc.update(piece);
    length += piece.length;
    return DEFLATERS.use(deflater -> code(deflater, piece, last));
  }

  private byte[] code(Deflater deflater, byte[] piece, boolean last) {
    deflater.setInput(piece);
    if (last) {
      deflater.finish();
    }
    byte[] out = new byte[piece.length / 4 + HEAD.length + TAIL + 64];
    int size = begun ? 0 : HEAD.length;
    System.arraycopy(HEAD, 0, out, 0, size);
    begun = true;
    int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
    // Room that was not needed in full is the sign that all has come (zlib's manual, "deflate").
    for (boolean full = true; full; ) {
      int more = deflater.deflate(out, size, out.length - size - TAIL, flush);
      size += more;
      full = size == out.length - TAIL;
      out = full ? Arrays.copyOf(out, 2 * out.length) : out;
    }
    return Arrays.copyOf(out, last ? tail(out, size) : size);
  }

  private int tail(byte[] out, int size) {
    ByteBuffer.wrap(out, size, TAIL)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt(length);
    return size + TAIL;
  }
}
