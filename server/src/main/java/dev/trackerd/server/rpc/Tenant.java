package dev.trackerd.server.rpc;

/** What the calls of one account take up. Guarded by the locks of those who count. */
final class Tenant {
  int places;
  long requestBytes;
  long unread;
}
