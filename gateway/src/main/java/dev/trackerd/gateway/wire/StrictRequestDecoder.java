package dev.trackerd.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.util.List;

/**
 * The HTTP/1 decoder of Vert.x, but strict: what two parsers could read as different requests is
 * refused (RFC 9112, 11.2). A head that is refused comes out as a failed request, in its turn, and
 * nothing after it is read.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  private final HeadTimer timer;
  private final HeadScan scan = new HeadScan();
  private boolean requestLineRead;
  private boolean headRead;
  private boolean malformed;

  StrictRequestDecoder(HeadTimer timer) {
    super(config());
    this.timer = timer;
  }

  private static Http1ServerConfig config() {
    return new Http1ServerConfig()
        .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES)
        .setMaxHeaderSize(Limits.HEADER_BYTES);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (!headRead) {
      malformed |= scan.isMalformed(in, !requestLineRead);
    }
    int before = out.size();
    super.decode(context, in, out);
    for (int i = before; i < out.size(); i++) {
      follow(out.get(i));
    }
    if (!headRead && (requestLineRead || in.isReadable())) {
      timer.start(context);
    }
  }

  private void follow(Object decoded) {
    if (decoded instanceof HttpRequest) {
      headRead = true;
      timer.stop();
    }
    if (decoded instanceof LastHttpContent) {
      headRead = false;
      requestLineRead = false;
    }
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    // The decoder of Vert.x can't read one that is empty.
    require(length > 0);
    return super.splitHeaderName(line, start, length);
  }

  /** Makes what stands for a request line that can't be read. */
  @Override
  protected HttpMessage createInvalidMessage() {
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request", Http1xHeaders.httpHeaders());
  }

  @Override
  protected HttpMessage createMessage(String[] requestLine) {
    requestLineRead = true;
    HttpMessage message = super.createMessage(requestLine);
    HttpVersion version = message.protocolVersion();
    require(version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0));
    return message;
  }

  /**
   * Called by Netty when a head is complete and before it is acted upon: the place to refuse it.
   */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    require(!malformed);
    HttpHeaders headers = message.headers();
    boolean current = message.protocolVersion().equals(HttpVersion.HTTP_1_1);
    int hosts = headers.getAll(HttpHeaderNames.HOST).size();
    require(hosts == 1 || hosts == 0 && !current);
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
      require(current && codings.size() == 1);
      require(HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)));
      require(!headers.contains(HttpHeaderNames.CONTENT_LENGTH));
    }
    if (headers.contains(HttpHeaderNames.EXPECT)) {
      // Whoever waits to be told to continue has to hear that before 101 (RFC 9110, 7.8), but the
      // upgrade of Vert.x begins with 101. So there is none, which the client must be ready for.
      headers.remove(HttpHeaderNames.UPGRADE);
    }
    return super.isContentAlwaysEmpty(message);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
    timer.stop();
    super.handlerRemoved0(context);
  }

  /** Refuses a head, by what Netty makes a failed request of. */
  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("malformed request");
    }
  }
}
