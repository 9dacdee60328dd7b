package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerChecks.given;

import com.google.protobuf.Empty;
import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.rpc.PageTokens;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RpcContext;
import dev.trackerd.server.store.EventTrackerContent;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredEventTracker;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.CreateEventTrackerResponse;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerResponse;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.ListEventTrackersResponse;
import java.util.List;
import java.util.Optional;

/**
 * The four operations on event trackers, for the caller of the current call. Each checks its
 * request, then whose ARN it names, then asks the store. Thread-safe; blocks its thread for the
 * store.
 */
public final class EventTrackers {
  private final EventTrackerStore store;
  private final Arns arns;
  private final Resources resources;
  private final Listing.Opener listings;

  /** Operations on what is in {@code store}, whose lists go on by {@code tokens}. */
  public EventTrackers(EventTrackerStore store, EventTrackerSettings settings, PageTokens tokens) {
    this.store = store;
    this.arns = new Arns(settings.region());
    this.resources = new Resources(arns);
    this.listings = new Listing.Opener(resources, tokens);
  }

  /**
   * Makes the event tracker of a dataset group, once if there is a key.
   *
   * @throws RequestException FIELD_INVALID, TOO_MANY_TAGS, ACCOUNT_MISMATCH, RESOURCE_NOT_FOUND,
   *     RESOURCE_IN_USE, EVENT_TRACKER_EXISTS or EVENT_TRACKER_LIMIT
   */
  public CreateEventTrackerResponse create(
      CreateEventTrackerRequest request, Optional<IdempotencyKey> key) {
    List<StoredTag> tags = EventTrackerChecks.check(request);
    Caller caller = RpcContext.currentCaller();
    String groupArn = request.getDatasetGroupArn();
    String group = resources.datasetGroup(caller, "CreateEventTracker", groupArn);
    EventTrackerContent content = new EventTrackerContent(request.getName(), group, tags);
    Idempotency<StoredEventTracker> idempotency =
        Idempotency.of(key, created -> answer(caller, created).toByteArray());
    try {
      return answer(caller, store.create(caller.account(), content, idempotency));
    } catch (StoreException e) {
      throw Resources.named(
          e,
          e.thing() == StoreException.Thing.EVENT_TRACKER
              ? arns.eventTracker(caller.account(), e.id().orElse(""))
              : groupArn);
    }
  }

  /**
   * Returns one event tracker.
   *
   * @throws RequestException FIELD_INVALID, ACCOUNT_MISMATCH or RESOURCE_NOT_FOUND
   */
  public DescribeEventTrackerResponse describe(DescribeEventTrackerRequest request) {
    String arn = arn(request.hasEventTrackerArn(), request.getEventTrackerArn());
    Caller caller = RpcContext.currentCaller();
    String id = resources.eventTracker(caller, "DescribeEventTracker", arn);
    StoredEventTracker tracker = Resources.about(arn, () -> store.get(caller.account(), id));
    return DescribeEventTrackerResponse.newBuilder()
        .setEventTracker(new EventTrackerMessages(arns, caller.account()).toMessage(tracker))
        .build();
  }

  /**
   * Returns a page of the account's event trackers.
   *
   * @throws RequestException FIELD_INVALID, ACCOUNT_MISMATCH or NEXT_TOKEN_INVALID
   */
  public ListEventTrackersResponse list(ListEventTrackersRequest request) {
    Listing listing =
        listings.open(
            "ListEventTrackers",
            new Listing.Query(
                given(request.hasDatasetGroupArn(), request.getDatasetGroupArn()),
                given(request.hasNextToken(), request.getNextToken()),
                given(request.hasMaxResults(), request.getMaxResults())));
    var page =
        store.list(listing.account(), listing.datasetGroup(), listing.after(), listing.limit());
    ListEventTrackersResponse.Builder reply = ListEventTrackersResponse.newBuilder();
    EventTrackerMessages messages = new EventTrackerMessages(arns, listing.account());
    page.items().forEach(tracker -> reply.addEventTrackers(messages.toSummary(tracker)));
    listing.nextToken(page).ifPresent(reply::setNextToken);
    return reply.build();
  }

  /**
   * Deletes one event tracker.
   *
   * @throws RequestException FIELD_INVALID, ACCOUNT_MISMATCH, RESOURCE_NOT_FOUND or RESOURCE_IN_USE
   */
  public Empty delete(DeleteEventTrackerRequest request) {
    String arn = arn(request.hasEventTrackerArn(), request.getEventTrackerArn());
    Caller caller = RpcContext.currentCaller();
    String id = resources.eventTracker(caller, "DeleteEventTracker", arn);
    return Resources.about(
        arn,
        () -> {
          store.delete(caller.account(), id);
          return Empty.getDefaultInstance();
        });
  }

  private CreateEventTrackerResponse answer(Caller caller, StoredEventTracker created) {
    return CreateEventTrackerResponse.newBuilder()
        .setEventTrackerArn(arns.eventTracker(caller.account(), created.id()))
        .setTrackingId(created.trackingId())
        .build();
  }

  private static String arn(boolean has, String arn) {
    return EventTrackerChecks.arn("event_tracker_arn", given(has, arn));
  }
}
