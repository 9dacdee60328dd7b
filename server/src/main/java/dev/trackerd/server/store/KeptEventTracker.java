package dev.trackerd.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * An event tracker as it is kept: what its owner sees of it depends on the time.
 *
 * @param id as {@link StoredEventTracker#id}
 * @param content what its owner decided
 * @param trackingId as {@link StoredEventTracker#trackingId}
 * @param life when each of its states begins
 */
public record KeptEventTracker(
    String id, EventTrackerContent content, String trackingId, LifeCycle life) {

  /** What its owner sees at a time; empty once it is gone. */
  public Optional<StoredEventTracker> at(Instant now) {
    return life.at(now)
        .map(
            phase ->
                new StoredEventTracker(
                    id, content, trackingId, phase.status(), life.createdAt(), phase.since()));
  }
}
