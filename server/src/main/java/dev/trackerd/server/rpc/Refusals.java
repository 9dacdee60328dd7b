package dev.trackerd.server.rpc;

import dev.trackerd.server.rpc.RequestException.Violation;
import dev.trackerd.v1.ErrorReason;
import java.util.ArrayList;
import java.util.List;

/** What several checks of one request refuse, gathered so that its caller reads of all at once. */
public final class Refusals {
  /** So that an error always fits the 8 KiB of metadata that gRPC clients accept. */
  public static final int MAX = 10;

  private final List<Violation> violations = new ArrayList<>();

  /**
   * Does a check, unless as much is refused already as may be told.
   *
   * @throws RequestException what the check throws, if that is not FIELD_INVALID; FIELD_INVALID
   *     instead if there was such a refusal before
   */
  public void attempt(Runnable check) {
    if (isFull()) {
      return;
    }
    try {
      check.run();
    } catch (RequestException e) {
      if (e.reason() != ErrorReason.FIELD_INVALID) {
        check();
        throw e;
      }
      violations.addAll(e.violations());
    }
  }

  /** Whether more would not be told. */
  public boolean isFull() {
    return violations.size() >= MAX;
  }

  /**
   * Ends the checks.
   *
   * @throws RequestException FIELD_INVALID if one of them refused
   */
  public void check() {
    if (!violations.isEmpty()) {
      throw RequestException.fields(violations.subList(0, Math.min(violations.size(), MAX)));
    }
  }
}
