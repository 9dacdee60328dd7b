package dev.trackerd.gateway.wire;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** Why a program can't listen, for its operator. */
public final class ListenFailure {

  private ListenFailure() {}

  /**
   * Returns what stands in the way, in a few words. The system's own are looked for in the messages
   * (strerror(3)), which transports wrap in names of functions and numbers.
   *
   * @param failure what binding threw, with its causes
   */
  public static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = String.valueOf(innermost.getMessage());
    if (message.contains("Address already in use")) {
      return "another program listens there";
    }
    if (message.contains("Cannot assign requested address")) {
      return "this machine has no such address";
    }
    if (message.contains("Permission denied")) {
      return "permission denied (ports below 1024 are often kept from ordinary users)";
    }
    boolean unknown =
        innermost instanceof UnresolvedAddressException
            || innermost instanceof UnknownHostException;
    return unknown ? "no such address" : innermost.toString();
  }
}
