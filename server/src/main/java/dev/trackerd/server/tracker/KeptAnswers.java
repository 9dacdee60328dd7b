package dev.trackerd.server.tracker;

import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.v1.BatchCreateRequest;
import dev.trackerd.v1.BatchCreateResponse;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.CreateResponse;
import dev.trackerd.v1.PatchRequest;
import dev.trackerd.v1.PatchResponse;
import dev.trackerd.v1.Tracker;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What is kept of changes that are made once, and their answers made of it again. Of creates that
 * is the ids, 8 bytes each: the rest stands in the request, which is the same. Of a patch it is the
 * tracker as it was then, without its id.
 */
final class KeptAnswers {
  private KeptAnswers() {}

  static byte[] ids(List<StoredTracker> created) {
    ByteBuffer ids = ByteBuffer.allocate(created.size() * Long.BYTES);
    created.forEach(tracker -> ids.putLong(tracker.id()));
    return ids.array();
  }

  static CreateResponse create(CreateRequest request, byte[] ids) {
    return CreateResponse.newBuilder()
        .setTracker(created(request.getTracker(), ByteBuffer.wrap(ids).getLong()))
        .build();
  }

  static BatchCreateResponse batchCreate(BatchCreateRequest request, byte[] ids) {
    ByteBuffer each = ByteBuffer.wrap(ids);
    BatchCreateResponse.Builder answer = BatchCreateResponse.newBuilder();
    request
        .getTrackersList()
        .forEach(tracker -> answer.addTrackers(created(tracker, each.getLong())));
    return answer.build();
  }

  static byte[] message(StoredTracker patched) {
    return patched.content().message();
  }

  static PatchResponse patch(PatchRequest request, byte[] message) {
    long id = Trackers.toId(request.getTrackerId());
    return PatchResponse.newBuilder()
        .setTracker(Trackers.withId(Trackers.parse(message), id))
        .build();
  }

  private static Tracker created(Tracker requested, long id) {
    return Trackers.withId(Trackers.owned(requested), id);
  }
}
