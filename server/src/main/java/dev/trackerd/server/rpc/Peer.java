package dev.trackerd.server.rpc;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;

/** What the calls of one connection take up. Guarded by the locks of those who count. */
final class Peer {
  /** The connection of a call; calls inside the process have none. */
  static final Attributes.Key<Peer> KEY = Attributes.Key.create("peer");

  int places;
  long unread;

  /** Gives each connection its own. */
  static ServerTransportFilter filter() {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        return attributes.toBuilder().set(KEY, new Peer()).build();
      }
    };
  }
}
