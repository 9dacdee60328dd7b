package dev.trackerd.server.tracker;

import dev.trackerd.server.rpc.Refusals;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.v1.PatchOperation;
import dev.trackerd.v1.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the operations of a patch make of a stored tracker: those of RFC 6902 that clients of
 * trackers send, where a value for a whole list may be one phrase or several.
 */
final class TrackerPatch implements UnaryOperator<Tracker> {
  /** Bounds the work of one call. */
  static final int MAX_OPERATIONS = 1000;

  private final List<PatchStep> steps;

  private TrackerPatch(List<PatchStep> steps) {
    this.steps = steps;
  }

  /**
   * Reads the operations.
   *
   * @throws RequestException FIELD_INVALID if one of them can't be applied to any tracker
   */
  static TrackerPatch of(List<PatchOperation> operations) {
    if (operations.isEmpty() || operations.size() > MAX_OPERATIONS) {
      throw RequestException.field(
          "operations", "expected: 1 to " + MAX_OPERATIONS + " operations");
    }
    List<PatchStep> steps = new ArrayList<>(operations.size());
    Refusals refusals = new Refusals();
    for (int i = 0; i < operations.size() && !refusals.isFull(); i++) {
      String at = "operations[" + i + "]";
      PatchOperation operation = operations.get(i);
      refusals.attempt(() -> steps.add(PatchStep.of(at, operation)));
    }
    refusals.check();
    return new TrackerPatch(steps);
  }

  @Override
  public Tracker apply(Tracker stored) {
    PatchDraft draft = new PatchDraft(stored);
    steps.forEach(step -> step.applyTo(draft));
    return TrackerChecks.checkPatched(stored, draft.toTracker());
  }
}
