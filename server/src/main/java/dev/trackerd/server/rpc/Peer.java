package dev.trackerd.server.rpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import java.net.SocketAddress;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * One connection: what its calls take up, guarded by the locks of those who count, and when it last
 * took anything.
 */
final class Peer {
  /** The connection of a call; calls inside the process have none. */
  static final Attributes.Key<Peer> KEY = Attributes.Key.create("peer");

  int places;
  long unread;
  private final LongSupplier taken;
  private long seen;
  private long progress;

  private Peer(LongSupplier taken) {
    this.taken = taken;
  }

  /**
   * When the peer was last seen to take something of its answers.
   *
   * @param now as the clock of the calls has it
   */
  synchronized long progress(long now) {
    long bytes = taken.getAsLong();
    // What waits for the socket may make it fall for a moment: only what is new is progress.
    if (bytes > seen) {
      seen = bytes;
      progress = now;
    }
    return progress;
  }

  /**
   * Gives each connection its own.
   *
   * @param taken counts what the peer of that address takes
   */
  static ServerTransportFilter filter(Function<SocketAddress, LongSupplier> taken) {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        return attributes.toBuilder().set(KEY, peer(attributes)).build();
      }

      private Peer peer(Attributes attributes) {
        return new Peer(taken.apply(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
      }
    };
  }
}
