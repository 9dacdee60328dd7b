package dev.trackerd.gateway.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.grpc.StatusRuntimeException;
import org.slf4j.Marker;

/**
 * Drops what gRPC's server transport logs, with a stack, when a client breaks the protocol or sends
 * too much, and what Vert.x logs of such connections: anybody could fill the log with it. The
 * client is told what was wrong.
 */
final class PeerFaults extends TurboFilter {
  private static final String TRANSPORT = ".NettyServer";
  // It fails over heads whose path is empty or whose timeout is no number.
  private static final String UNREADABLE_HEAD = "Exception in onHeadersRead()";
  // Without a stack this is only what the peer did.
  private static final String CONNECTION = "io.vertx.core.net.impl.ConnectionBase";

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] parameters,
      Throwable failure) {
    String name = logger.getName();
    boolean byPeer =
        failure == null
            ? name.equals(CONNECTION)
            : name.contains(TRANSPORT) && (isPeerFault(failure) || isUnreadable(format, failure));
    return byPeer ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static boolean isUnreadable(String message, Throwable failure) {
    return UNREADABLE_HEAD.equals(message)
        && (failure instanceof IndexOutOfBoundsException
            || failure instanceof IllegalArgumentException);
  }

  private static boolean isPeerFault(Throwable failure) {
    // By its name: gRPC brings a Netty of its own in a package of its own.
    return failure instanceof StatusRuntimeException
        || failure.getClass().getName().contains("Http2Exception");
  }
}
