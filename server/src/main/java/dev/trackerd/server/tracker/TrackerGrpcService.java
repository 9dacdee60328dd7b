package dev.trackerd.server.tracker;

import dev.trackerd.server.event.EventTrackers;
import dev.trackerd.server.rpc.Admission;
import dev.trackerd.server.rpc.FieldException;
import dev.trackerd.server.rpc.PageTokens;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RpcContext;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.StoredTracker;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerPage;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.v1.BatchCreateRequest;
import dev.trackerd.v1.BatchCreateResponse;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.CreateResponse;
import dev.trackerd.v1.DeleteRequest;
import dev.trackerd.v1.DeleteResponse;
import dev.trackerd.v1.FindByNameRequest;
import dev.trackerd.v1.FindByNameResponse;
import dev.trackerd.v1.GetRequest;
import dev.trackerd.v1.GetResponse;
import dev.trackerd.v1.ListRequest;
import dev.trackerd.v1.ListResponse;
import dev.trackerd.v1.PatchRequest;
import dev.trackerd.v1.PatchResponse;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.TrackerServiceGrpc;
import dev.trackerd.v1.UpdateRequest;
import dev.trackerd.v1.UpdateResponse;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code tracker.v1.TrackerService} over a {@link TrackerStore}. Each method checks its request,
 * then makes one call of the store for the caller's account. Thread-safe; blocks its thread for the
 * store.
 */
public final class TrackerGrpcService {
  private static final int DEFAULT_PAGE_SIZE = 100;
  private static final int MAX_PAGE_SIZE = 1000;
  private static final int MAX_BYTES_AT_ONCE = 16 << 10;

  private final TrackerStore store;
  private final EventTrackers eventTrackers;
  private final PageTokens pageTokens;
  private final ServiceSettings settings;

  /**
   * A service over stores, which the caller closes.
   *
   * @param settings what an operator may choose
   * @param pageTokenKey 32 secret bytes that all replicas share
   */
  public TrackerGrpcService(
      TrackerStore store,
      EventTrackerStore eventTrackers,
      ServiceSettings settings,
      byte[] pageTokenKey) {
    this.store = store;
    this.pageTokens = new PageTokens(pageTokenKey);
    this.eventTrackers = new EventTrackers(eventTrackers, settings.eventTrackers(), pageTokens);
    this.settings = settings;
  }

  /**
   * The service for a server behind {@code admission}.
   *
   * @param keys where the stores keep what they made under a key
   */
  public ServerServiceDefinition bind(Admission admission, IdempotencyStore keys) {
    return admission
        .service(TrackerServiceGrpc.getServiceDescriptor(), keys)
        .once(TrackerServiceGrpc.getCreateMethod(), this::create, KeptAnswers::create)
        .once(
            TrackerServiceGrpc.getBatchCreateMethod(), this::batchCreate, KeptAnswers::batchCreate)
        .method(TrackerServiceGrpc.getListMethod(), this::list)
        .method(TrackerServiceGrpc.getGetMethod(), this::get, this::getCached)
        .method(TrackerServiceGrpc.getFindByNameMethod(), this::findByName)
        .method(TrackerServiceGrpc.getUpdateMethod(), this::update)
        .once(TrackerServiceGrpc.getPatchMethod(), this::patch, KeptAnswers::patch)
        .method(TrackerServiceGrpc.getDeleteMethod(), this::delete)
        .once(TrackerServiceGrpc.getCreateEventTrackerMethod(), eventTrackers::create)
        .method(TrackerServiceGrpc.getDescribeEventTrackerMethod(), eventTrackers::describe)
        .method(TrackerServiceGrpc.getListEventTrackersMethod(), eventTrackers::list)
        .method(TrackerServiceGrpc.getDeleteEventTrackerMethod(), eventTrackers::delete)
        .build();
  }

  private CreateResponse create(CreateRequest request, Optional<IdempotencyKey> key) {
    Tracker checked = TrackerChecks.check("tracker", Trackers.owned(request.getTracker()));
    TrackerContent content = Trackers.toContent(checked);
    Idempotency<StoredTracker> idempotency =
        Idempotency.of(key, created -> KeptAnswers.ids(List.of(created)));
    long id = store.create(account(), content, idempotency).id();
    return CreateResponse.newBuilder().setTracker(Trackers.withId(checked, id)).build();
  }

  private BatchCreateResponse batchCreate(
      BatchCreateRequest request, Optional<IdempotencyKey> key) {
    List<TrackerContent> contents =
        TrackerChecks.checkAll(request.getTrackersList()).stream()
            .map(Trackers::toContent)
            .toList();
    try {
      var created = store.createAll(account(), contents, Idempotency.of(key, KeptAnswers::ids));
      return BatchCreateResponse.newBuilder().addAllTrackers(Trackers.toMessages(created)).build();
    } catch (StoreException e) {
      throw e.reason() == StoreException.Reason.ALREADY_EXISTS
              && e.thing() == StoreException.Thing.TRACKER
          ? nameTaken(contents, e)
          : e;
    }
  }

  /** Blames the tracker whose name is taken: of two in the request that share it, the second. */
  private static FieldException nameTaken(List<TrackerContent> contents, StoreException failure) {
    List<String> names = contents.stream().map(TrackerContent::name).toList();
    String taken = failure.id().orElseThrow();
    int first = names.indexOf(taken);
    int second = names.subList(first + 1, names.size()).indexOf(taken);
    int blamed = second < 0 ? first : first + 1 + second;
    return new FieldException("trackers[" + blamed + "].name", failure);
  }

  private ListResponse list(ListRequest request) {
    long after = pageTokens.parse(account(), request.getPageToken());
    TrackerPage page = store.list(account(), after, pageSize(request));
    ListResponse.Builder reply =
        ListResponse.newBuilder().addAllTrackers(Trackers.toMessages(page.trackers()));
    if (page.more()) {
      long last = page.trackers().get(page.trackers().size() - 1).id();
      reply.setNextPageToken(pageTokens.of(account(), last));
    }
    return reply.build();
  }

  private GetResponse get(GetRequest request) {
    var tracker = store.get(account(), Trackers.toId(request.getTrackerId()));
    return GetResponse.newBuilder().setTracker(Trackers.toMessage(tracker)).build();
  }

  /**
   * What {@link #get} answers, if that is at hand and quickly decoded: others wait for the thread.
   */
  private Optional<GetResponse> getCached(GetRequest request) {
    return store
        .cached(account(), Trackers.toId(request.getTrackerId()))
        .filter(tracker -> tracker.content().message().length <= MAX_BYTES_AT_ONCE)
        .map(tracker -> GetResponse.newBuilder().setTracker(Trackers.toMessage(tracker)).build());
  }

  private FindByNameResponse findByName(FindByNameRequest request) {
    if (request.getName().indexOf('\0') >= 0) {
      throw RequestException.field("name", "expected: text without U+0000");
    }
    FindByNameResponse.Builder reply = FindByNameResponse.newBuilder();
    store
        .findByName(account(), request.getName())
        .ifPresent(tracker -> reply.addTrackers(Trackers.toMessage(tracker)));
    return reply.build();
  }

  private UpdateResponse update(UpdateRequest request) {
    Tracker updated =
        change(
            request.getTrackerId(),
            TrackerUpdate.of(request, settings.vocabularyUpdate()),
            Idempotency.none());
    return UpdateResponse.newBuilder().setTracker(updated).build();
  }

  private PatchResponse patch(PatchRequest request, Optional<IdempotencyKey> key) {
    Tracker patched =
        change(
            request.getTrackerId(),
            TrackerPatch.of(request.getOperationsList()),
            Idempotency.of(key, KeptAnswers::message));
    return PatchResponse.newBuilder().setTracker(patched).build();
  }

  private DeleteResponse delete(DeleteRequest request) {
    store.delete(account(), Trackers.toId(request.getTrackerId()));
    return DeleteResponse.newBuilder()
        .setId(request.getTrackerId())
        .setType("tracker")
        .setDeleted(true)
        .build();
  }

  private Tracker change(
      String trackerId, UnaryOperator<Tracker> change, Idempotency<StoredTracker> idempotency) {
    long id = Trackers.toId(trackerId);
    // The last one that was made is the one that was stored; it need not be parsed again.
    Tracker[] changed = new Tracker[1];
    UnaryOperator<TrackerContent> stored =
        content -> {
          changed[0] = change.apply(Trackers.toMessage(content));
          return Trackers.toContent(changed[0]);
        };
    store.update(account(), id, stored, idempotency);
    return Trackers.withId(changed[0], id);
  }

  private static int pageSize(ListRequest request) {
    if (request.getPageSize() < 0) {
      throw RequestException.field("page_size", "expected: 0 to " + MAX_PAGE_SIZE);
    }
    return request.getPageSize() == 0
        ? DEFAULT_PAGE_SIZE
        : Math.min(request.getPageSize(), MAX_PAGE_SIZE);
  }

  private static AccountId account() {
    return RpcContext.currentCaller().account();
  }
}
