package dev.trackerd.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Looks at the bytes of a request head for what Netty's decoder lets pass: folded lines (RFC 9112,
 * 5.2) and control characters (RFC 9110, 5.5). Bare line feeds are left to the decoder. Belongs to
 * one connection's thread.
 */
final class HeadScan implements ByteProcessor {

  private boolean requestLine;
  private boolean malformed;
  private byte previous;
  private int lineLength;

  /**
   * Scans what has been read of a head, from the beginning of a line on.
   *
   * @param atRequestLine whether that line is the request line
   * @return whether there is anything that no head may have
   */
  boolean isMalformed(ByteBuf bytes, boolean atRequestLine) {
    requestLine = atRequestLine;
    malformed = false;
    previous = '\n';
    lineLength = 0;
    bytes.forEachByte(this);
    return malformed;
  }

  /** Returns whether to go on: not after the head's end, nor after the first bad byte. */
  @Override
  public boolean process(byte value) {
    if (value == '\n') {
      return endLine();
    }
    if (value < ' ' && value >= 0 || value == 0x7f) {
      malformed = value != '\r' && (value != '\t' || requestLine);
    }
    malformed |= previous == '\r';
    malformed |= lineLength == 0 && value == ' ' || lineLength == 0 && value == '\t';
    previous = value;
    lineLength += value == '\r' ? 0 : 1;
    return !malformed;
  }

  private boolean endLine() {
    // Empty lines before a request line are to be passed over (RFC 9112, 2.2).
    boolean end = lineLength == 0 && !requestLine;
    requestLine &= lineLength == 0;
    lineLength = 0;
    previous = '\n';
    return !end;
  }
}
