package dev.trackerd.server.store;

/** Where an event tracker stands between its creation and its end. */
public enum EventTrackerStatus {
  /** Asked for. */
  CREATE_PENDING,
  /** Being made. */
  CREATE_IN_PROGRESS,
  /** In use; may be deleted. */
  ACTIVE,
  /** Could not be made; may be deleted. */
  CREATE_FAILED,
  /** Its deletion was asked for. */
  DELETE_PENDING,
  /** Being deleted; after that it is gone. */
  DELETE_IN_PROGRESS
}
