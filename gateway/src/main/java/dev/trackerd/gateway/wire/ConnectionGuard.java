package dev.trackerd.gateway.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands between a new connection's socket and Vert.x: gives HTTP/1 the {@link
 * StrictRequestDecoder}, and closes a connection that sends no head in time.
 *
 * <p>The decoder of Vert.x can't be configured to be strict, and Vert.x makes it when the first
 * byte shows that the connection is not HTTP/2. So the guard decides first, sends one byte ahead
 * that every HTTP/1 decoder skips, replaces the decoder before the first real byte, and leaves.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

  // RFC 9113, 3.4.
  private static final byte[] HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  // What Vert.x calls its decoder; it is looked for by this name when a connection becomes HTTP/2.
  private static final String DECODER = "httpDecoder";

  private final HeadTimer timer;
  private ByteBuf first = Unpooled.EMPTY_BUFFER;

  ConnectionGuard(Limits limits) {
    this.timer = new HeadTimer(limits.head());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    timer.start(context);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    timer.stop();
    first.release();
    first = Unpooled.EMPTY_BUFFER;
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    first =
        first.isReadable() ? Unpooled.wrappedBuffer(first, (ByteBuf) message) : (ByteBuf) message;
    int length = Math.min(first.readableBytes(), HTTP2_PREFACE.length);
    ByteBuf preface = Unpooled.wrappedBuffer(HTTP2_PREFACE, 0, length);
    if (!preface.equals(first.slice(first.readerIndex(), length))) {
      context.fireChannelRead(Unpooled.wrappedBuffer(new byte[] {'\r'}));
      context.pipeline().replace(DECODER, DECODER, new StrictRequestDecoder(timer));
      leave(context);
    } else if (length == HTTP2_PREFACE.length) {
      timer.stop();
      leave(context);
    }
  }

  private void leave(ChannelHandlerContext context) {
    ByteBuf bytes = first;
    first = Unpooled.EMPTY_BUFFER;
    context.fireChannelRead(bytes);
    context.pipeline().remove(this);
  }
}
