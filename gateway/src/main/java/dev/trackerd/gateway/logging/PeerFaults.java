package dev.trackerd.gateway.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.grpc.StatusRuntimeException;
import org.slf4j.Marker;

/**
 * Drops what gRPC's server transport logs, with a stack, when a client breaks the protocol or sends
 * too much: anybody could fill the log with it. The client is told what was wrong.
 */
final class PeerFaults extends TurboFilter {
  private static final String TRANSPORT = ".NettyServer";

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] parameters,
      Throwable failure) {
    boolean byPeer =
        failure != null && logger.getName().contains(TRANSPORT) && isPeerFault(failure);
    return byPeer ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static boolean isPeerFault(Throwable failure) {
    // By its name: gRPC brings a Netty of its own in a package of its own.
    return failure instanceof StatusRuntimeException
        || failure.getClass().getName().contains("Http2Exception");
  }
}
