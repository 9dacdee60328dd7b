package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerChecks.given;

import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.rpc.Admission;
import dev.trackerd.server.rpc.RpcContext;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.StoredTag;
import dev.trackerd.server.store.TagOwner;
import dev.trackerd.server.store.TagStore;
import dev.trackerd.v1.ListTagsForResourceRequest;
import dev.trackerd.v1.ListTagsForResourceResponse;
import dev.trackerd.v1.TagResourceRequest;
import dev.trackerd.v1.TagResourceResponse;
import dev.trackerd.v1.TagServiceGrpc;
import dev.trackerd.v1.UntagResourceRequest;
import dev.trackerd.v1.UntagResourceResponse;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * {@code tracker.v1.TagService} over a {@link TagStore}. Thread-safe; blocks its thread for the
 * store.
 */
public final class TagGrpcService {
  private final TagStore store;
  private final Resources resources;

  /** A service over {@code store}, which the caller closes. */
  public TagGrpcService(TagStore store, EventTrackerSettings settings) {
    this.store = store;
    this.resources = new Resources(new Arns(settings.region()));
  }

  /** The service for a server behind {@code admission}. */
  public ServerServiceDefinition bind(Admission admission) {
    return admission
        .service(TagServiceGrpc.getServiceDescriptor())
        .method(TagServiceGrpc.getListTagsForResourceMethod(), this::list)
        .method(TagServiceGrpc.getTagResourceMethod(), this::add)
        .method(TagServiceGrpc.getUntagResourceMethod(), this::remove)
        .build();
  }

  private ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    String arn =
        EventTrackerChecks.arn(
            "resource_arn", given(request.hasResourceArn(), request.getResourceArn()));
    Caller caller = RpcContext.currentCaller();
    TagOwner owner = resources.tagOwner(caller, "ListTagsForResource", arn);
    ListTagsForResourceResponse.Builder reply = ListTagsForResourceResponse.newBuilder();
    Resources.about(arn, () -> store.list(caller.account(), owner))
        .forEach(tag -> reply.addTagsBuilder().setTagKey(tag.key()).setTagValue(tag.value()));
    return reply.build();
  }

  private TagResourceResponse add(TagResourceRequest request) {
    List<StoredTag> tags = TagChecks.check(request);
    change(
        "TagResource",
        request.getResourceArn(),
        (account, owner) -> store.add(account, owner, tags));
    return TagResourceResponse.getDefaultInstance();
  }

  private UntagResourceResponse remove(UntagResourceRequest request) {
    Set<String> keys = TagChecks.check(request);
    change(
        "UntagResource",
        request.getResourceArn(),
        (account, owner) -> store.remove(account, owner, keys));
    return UntagResourceResponse.getDefaultInstance();
  }

  private void change(String operation, String sent, BiConsumer<AccountId, TagOwner> change) {
    String arn = Arns.decoded(sent);
    Caller caller = RpcContext.currentCaller();
    TagOwner owner = resources.tagOwner(caller, operation, arn);
    Resources.about(
        arn,
        () -> {
          change.accept(caller.account(), owner);
          return owner;
        });
  }
}
