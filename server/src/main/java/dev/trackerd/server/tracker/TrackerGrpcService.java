package dev.trackerd.server.tracker;

import com.google.protobuf.Empty;
import dev.trackerd.server.event.EventTrackers;
import dev.trackerd.server.rpc.PageTokens;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RpcContext;
import dev.trackerd.server.rpc.Unary;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.TrackerContent;
import dev.trackerd.server.store.TrackerPage;
import dev.trackerd.server.store.TrackerStore;
import dev.trackerd.v1.BatchCreateRequest;
import dev.trackerd.v1.BatchCreateResponse;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.CreateEventTrackerResponse;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.CreateResponse;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DeleteRequest;
import dev.trackerd.v1.DeleteResponse;
import dev.trackerd.v1.DescribeEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerResponse;
import dev.trackerd.v1.FindByNameRequest;
import dev.trackerd.v1.FindByNameResponse;
import dev.trackerd.v1.GetRequest;
import dev.trackerd.v1.GetResponse;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.ListEventTrackersResponse;
import dev.trackerd.v1.ListRequest;
import dev.trackerd.v1.ListResponse;
import dev.trackerd.v1.PatchRequest;
import dev.trackerd.v1.PatchResponse;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.TrackerServiceGrpc;
import dev.trackerd.v1.UpdateRequest;
import dev.trackerd.v1.UpdateResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code tracker.v1.TrackerService} over a {@link TrackerStore}. Each method checks its request,
 * then makes one call of the store for the caller's account. Thread-safe; blocks its thread for the
 * store.
 */
public final class TrackerGrpcService extends TrackerServiceGrpc.TrackerServiceImplBase {
  private static final int DEFAULT_PAGE_SIZE = 100;
  private static final int MAX_PAGE_SIZE = 1000;

  private final TrackerStore store;
  private final EventTrackers eventTrackers;
  private final WriteGate gate;
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
    this.gate = new WriteGate(settings.maxConcurrentWritesPerAccount());
    this.pageTokens = new PageTokens(pageTokenKey);
    this.eventTrackers = new EventTrackers(eventTrackers, settings.eventTrackers(), pageTokens);
    this.settings = settings;
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          TrackerContent content =
              TrackerChecks.check("tracker", Trackers.toContent(request.getTracker()));
          Tracker created =
              Trackers.toMessage(gate.run(account(), () -> store.create(account(), content)));
          return CreateResponse.newBuilder().setTracker(created).build();
        });
  }

  @Override
  public void batchCreate(
      BatchCreateRequest request, StreamObserver<BatchCreateResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          List<TrackerContent> contents = TrackerChecks.checkAll(request.getTrackersList());
          var created = gate.run(account(), () -> store.createAll(account(), contents));
          return BatchCreateResponse.newBuilder()
              .addAllTrackers(Trackers.toMessages(created))
              .build();
        });
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          long after = pageTokens.parse(account(), request.getPageToken());
          TrackerPage page = store.list(account(), after, pageSize(request));
          ListResponse.Builder reply =
              ListResponse.newBuilder().addAllTrackers(Trackers.toMessages(page.trackers()));
          if (page.more()) {
            long last = page.trackers().get(page.trackers().size() - 1).id();
            reply.setNextPageToken(pageTokens.of(account(), last));
          }
          return reply.build();
        });
  }

  @Override
  public void get(GetRequest request, StreamObserver<GetResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          var tracker = store.get(account(), Trackers.toId(request.getTrackerId()));
          return GetResponse.newBuilder().setTracker(Trackers.toMessage(tracker)).build();
        });
  }

  @Override
  public void findByName(FindByNameRequest request, StreamObserver<FindByNameResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          if (request.getName().indexOf('\0') >= 0) {
            throw RequestException.field("name", "expected: text without U+0000");
          }
          FindByNameResponse.Builder reply = FindByNameResponse.newBuilder();
          store
              .findByName(account(), request.getName())
              .ifPresent(tracker -> reply.addTrackers(Trackers.toMessage(tracker)));
          return reply.build();
        });
  }

  @Override
  public void update(UpdateRequest request, StreamObserver<UpdateResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Tracker updated =
              change(
                  request.getTrackerId(), TrackerUpdate.of(request, settings.vocabularyUpdate()));
          return UpdateResponse.newBuilder().setTracker(updated).build();
        });
  }

  @Override
  public void patch(PatchRequest request, StreamObserver<PatchResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          Tracker patched =
              change(request.getTrackerId(), TrackerPatch.of(request.getOperationsList()));
          return PatchResponse.newBuilder().setTracker(patched).build();
        });
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<DeleteResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          store.delete(account(), Trackers.toId(request.getTrackerId()));
          return DeleteResponse.newBuilder()
              .setId(request.getTrackerId())
              .setType("tracker")
              .setDeleted(true)
              .build();
        });
  }

  @Override
  public void createEventTracker(
      CreateEventTrackerRequest request, StreamObserver<CreateEventTrackerResponse> observer) {
    Unary.answer(observer, () -> eventTrackers.create(request));
  }

  @Override
  public void describeEventTracker(
      DescribeEventTrackerRequest request, StreamObserver<DescribeEventTrackerResponse> observer) {
    Unary.answer(observer, () -> eventTrackers.describe(request));
  }

  @Override
  public void listEventTrackers(
      ListEventTrackersRequest request, StreamObserver<ListEventTrackersResponse> observer) {
    Unary.answer(observer, () -> eventTrackers.list(request));
  }

  @Override
  public void deleteEventTracker(
      DeleteEventTrackerRequest request, StreamObserver<Empty> observer) {
    Unary.answer(observer, () -> eventTrackers.delete(request));
  }

  private Tracker change(String trackerId, UnaryOperator<TrackerContent> change) {
    long id = Trackers.toId(trackerId);
    return Trackers.toMessage(gate.run(account(), () -> store.update(account(), id, change)));
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
