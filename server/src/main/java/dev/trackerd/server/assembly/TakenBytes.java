package dev.trackerd.server.assembly;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundBuffer;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import java.util.function.LongSupplier;

/**
 * Counts the bytes of messages that one connection has taken: those of HTTP/2's DATA frames (RFC
 * 9113, 4.1) that went out, less what still waits for the socket. Acknowledgements of settings and
 * pings, and whatever else is not part of an answer, is no progress. Stands next to the socket, and
 * reads nothing but the heads of the frames that pass. Written by the connection's event loop, read
 * by any thread.
 */
final class TakenBytes extends ChannelOutboundHandlerAdapter implements LongSupplier {
  private static final int HEAD_BYTES = 9;
  private static final int DATA = 0;

  private final Channel channel;

  /** How many bytes of the head of a frame have passed. */
  private int head;

  /** Of the frame that passes: the bytes that are still to come. */
  private int left;

  private boolean data;
  private volatile long written;

  TakenBytes(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof ByteBuf bytes) {
      count(bytes);
    }
    super.write(context, message, promise);
  }

  /** Grows as the peer takes its answers; may fall for a moment while something else goes out. */
  @Override
  public long getAsLong() {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return written - (waiting == null ? 0 : waiting.totalPendingWriteBytes());
  }

  private void count(ByteBuf bytes) {
    long more = 0;
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      if (head < HEAD_BYTES) {
        readHead(bytes.getUnsignedByte(at++));
      } else {
        int part = Math.min(left, bytes.writerIndex() - at);
        more += data ? part : 0;
        left -= part;
        at += part;
      }
      if (head == HEAD_BYTES && left == 0) {
        head = 0;
      }
    }
    if (more > 0) {
      written += more;
    }
  }

  /** Three bytes of length, one of type, one of flags, four of stream. */
  private void readHead(int next) {
    if (head < 3) {
      left = left << 8 | next;
    } else if (head == 3) {
      data = next == DATA;
    }
    head++;
  }
}
