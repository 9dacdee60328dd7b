package dev.trackerd.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When each state of an event tracker begins. Fixed once known, so that a state follows from the
 * clock alone, also after a restart with another delay.
 *
 * @param createdAt its creation was asked for
 * @param inProgressAt its creation begins
 * @param endedAt its creation ends
 * @param failed whether it ends in vain
 * @param deletion if that was asked for
 */
public record LifeCycle(
    Instant createdAt,
    Instant inProgressAt,
    Instant endedAt,
    boolean failed,
    Optional<Deletion> deletion) {

  /** When each state of a deletion begins. */
  public record Deletion(Instant askedAt, Instant inProgressAt, Instant goneAt) {

    /** One that is asked for now, and takes {@code delay}. */
    public static Deletion begin(Instant now, Duration delay) {
      return new Deletion(now, now.plus(delay.dividedBy(2)), now.plus(delay));
    }
  }

  /** A state and its beginning. */
  public record Phase(EventTrackerStatus status, Instant since) {}

  /** One that is asked for now, and takes {@code delay}. */
  public static LifeCycle begin(Instant now, Duration delay) {
    Instant half = now.plus(delay.dividedBy(2));
    return new LifeCycle(now, half, now.plus(delay), false, Optional.empty());
  }

  /** The state at a time; empty once it is gone. */
  public Optional<Phase> at(Instant now) {
    if (deletion.isEmpty()) {
      return Optional.of(creationAt(now));
    }
    Deletion end = deletion.get();
    if (!now.isBefore(end.goneAt())) {
      return Optional.empty();
    }
    return Optional.of(
        now.isBefore(end.inProgressAt())
            ? new Phase(EventTrackerStatus.DELETE_PENDING, end.askedAt())
            : new Phase(EventTrackerStatus.DELETE_IN_PROGRESS, end.inProgressAt()));
  }

  private Phase creationAt(Instant now) {
    if (now.isBefore(inProgressAt)) {
      return new Phase(EventTrackerStatus.CREATE_PENDING, createdAt);
    }
    if (now.isBefore(endedAt)) {
      return new Phase(EventTrackerStatus.CREATE_IN_PROGRESS, inProgressAt);
    }
    return new Phase(
        failed ? EventTrackerStatus.CREATE_FAILED : EventTrackerStatus.ACTIVE, endedAt);
  }
}
