package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerChecks.given;

import com.google.protobuf.Empty;
import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.rpc.Admission;
import dev.trackerd.server.rpc.PageTokens;
import dev.trackerd.server.rpc.RpcContext;
import dev.trackerd.server.store.DatasetGroupContent;
import dev.trackerd.server.store.EventTrackerStore;
import dev.trackerd.server.store.Idempotency;
import dev.trackerd.server.store.IdempotencyKey;
import dev.trackerd.server.store.IdempotencyStore;
import dev.trackerd.server.store.StoredDataset;
import dev.trackerd.server.store.StoredDatasetGroup;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.CreateDatasetGroupResponse;
import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.DeleteDatasetGroupRequest;
import dev.trackerd.v1.DescribeDatasetGroupRequest;
import dev.trackerd.v1.DescribeDatasetGroupResponse;
import dev.trackerd.v1.DescribeDatasetRequest;
import dev.trackerd.v1.DescribeDatasetResponse;
import dev.trackerd.v1.ListDatasetGroupsRequest;
import dev.trackerd.v1.ListDatasetGroupsResponse;
import dev.trackerd.v1.ListDatasetsRequest;
import dev.trackerd.v1.ListDatasetsResponse;
import io.grpc.ServerServiceDefinition;
import java.util.Optional;

/**
 * {@code tracker.v1.DatasetService} over an {@link EventTrackerStore}. Thread-safe; blocks its
 * thread for the store.
 */
public final class DatasetGrpcService {
  private final EventTrackerStore store;
  private final Arns arns;
  private final Resources resources;
  private final Listing.Opener listings;

  /**
   * A service over {@code store}, which the caller closes.
   *
   * @param pageTokenKey 32 secret bytes that all replicas share
   */
  public DatasetGrpcService(
      EventTrackerStore store, EventTrackerSettings settings, byte[] pageTokenKey) {
    this.store = store;
    this.arns = new Arns(settings.region());
    this.resources = new Resources(arns);
    this.listings = new Listing.Opener(resources, new PageTokens(pageTokenKey));
  }

  /**
   * The service for a server behind {@code admission}.
   *
   * @param keys where the store keeps what it made under a key
   */
  public ServerServiceDefinition bind(Admission admission, IdempotencyStore keys) {
    return admission
        .service(DatasetServiceGrpc.getServiceDescriptor(), keys)
        .once(DatasetServiceGrpc.getCreateDatasetGroupMethod(), this::create)
        .method(DatasetServiceGrpc.getDescribeDatasetGroupMethod(), this::describe)
        .method(DatasetServiceGrpc.getDeleteDatasetGroupMethod(), this::delete)
        .method(DatasetServiceGrpc.getDescribeDatasetMethod(), this::describeDataset)
        .method(DatasetServiceGrpc.getListDatasetGroupsMethod(), this::listGroups)
        .method(DatasetServiceGrpc.getListDatasetsMethod(), this::list)
        .build();
  }

  private CreateDatasetGroupResponse create(
      CreateDatasetGroupRequest request, Optional<IdempotencyKey> key) {
    DatasetGroupContent content = EventTrackerChecks.check(request);
    Caller caller = RpcContext.currentCaller();
    String arn = arns.datasetGroup(caller.account(), content.name());
    var draft = CreateDatasetGroupResponse.newBuilder().setDatasetGroupArn(arn);
    content.domain().ifPresent(draft::setDomain);
    CreateDatasetGroupResponse reply = draft.build();
    Resources.about(
        arn,
        () ->
            store.createDatasetGroup(
                caller.account(), content, Idempotency.of(key, group -> reply.toByteArray())));
    return reply;
  }

  private DescribeDatasetGroupResponse describe(DescribeDatasetGroupRequest request) {
    String arn = groupArn(request.hasDatasetGroupArn(), request.getDatasetGroupArn());
    Caller caller = RpcContext.currentCaller();
    String name = resources.datasetGroup(caller, "DescribeDatasetGroup", arn);
    StoredDatasetGroup group =
        Resources.about(arn, () -> store.getDatasetGroup(caller.account(), name));
    return DescribeDatasetGroupResponse.newBuilder()
        .setDatasetGroup(new EventTrackerMessages(arns, caller.account()).toMessage(group))
        .build();
  }

  private Empty delete(DeleteDatasetGroupRequest request) {
    String arn = groupArn(request.hasDatasetGroupArn(), request.getDatasetGroupArn());
    Caller caller = RpcContext.currentCaller();
    String name = resources.datasetGroup(caller, "DeleteDatasetGroup", arn);
    return Resources.about(
        arn,
        () -> {
          store.deleteDatasetGroup(caller.account(), name);
          return Empty.getDefaultInstance();
        });
  }

  private DescribeDatasetResponse describeDataset(DescribeDatasetRequest request) {
    String arn =
        EventTrackerChecks.arn(
            "dataset_arn", given(request.hasDatasetArn(), request.getDatasetArn()));
    Caller caller = RpcContext.currentCaller();
    var key = resources.dataset(caller, "DescribeDataset", arn);
    StoredDataset dataset =
        Resources.about(arn, () -> store.getDataset(caller.account(), key.group(), key.type()));
    return DescribeDatasetResponse.newBuilder()
        .setDataset(new EventTrackerMessages(arns, caller.account()).toMessage(dataset))
        .build();
  }

  private ListDatasetGroupsResponse listGroups(ListDatasetGroupsRequest request) {
    Listing listing =
        listings.open(
            "ListDatasetGroups",
            new Listing.Query(
                Optional.empty(),
                given(request.hasNextToken(), request.getNextToken()),
                given(request.hasMaxResults(), request.getMaxResults())));
    var page = store.listDatasetGroups(listing.account(), listing.after(), listing.limit());
    ListDatasetGroupsResponse.Builder reply = ListDatasetGroupsResponse.newBuilder();
    EventTrackerMessages messages = new EventTrackerMessages(arns, listing.account());
    page.items().forEach(group -> reply.addDatasetGroups(messages.toSummary(group)));
    listing.nextToken(page).ifPresent(reply::setNextToken);
    return reply.build();
  }

  private ListDatasetsResponse list(ListDatasetsRequest request) {
    Listing listing =
        listings.open(
            "ListDatasets",
            new Listing.Query(
                given(request.hasDatasetGroupArn(), request.getDatasetGroupArn()),
                given(request.hasNextToken(), request.getNextToken()),
                given(request.hasMaxResults(), request.getMaxResults())));
    var page =
        store.listDatasets(
            listing.account(), listing.datasetGroup(), listing.after(), listing.limit());
    ListDatasetsResponse.Builder reply = ListDatasetsResponse.newBuilder();
    EventTrackerMessages messages = new EventTrackerMessages(arns, listing.account());
    page.items().forEach(dataset -> reply.addDatasets(messages.toSummary(dataset)));
    listing.nextToken(page).ifPresent(reply::setNextToken);
    return reply.build();
  }

  private static String groupArn(boolean has, String arn) {
    return EventTrackerChecks.arn("dataset_group_arn", given(has, arn));
  }
}
