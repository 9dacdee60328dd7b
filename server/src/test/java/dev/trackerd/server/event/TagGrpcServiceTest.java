package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerFixture.ARNS;
import static dev.trackerd.server.event.EventTrackerFixture.invalid;
import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.PERMISSION_DENIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.CreateDatasetGroupRequest;
import dev.trackerd.v1.ListTagsForResourceRequest;
import dev.trackerd.v1.Tag;
import dev.trackerd.v1.TagResourceRequest;
import dev.trackerd.v1.TagResourceResponse;
import dev.trackerd.v1.UntagResourceRequest;
import dev.trackerd.v1.UntagResourceResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags of resources behind the interceptors of production. */
class TagGrpcServiceTest {
  private static final String GROUP = ARNS + "dataset-group/g";
  private static final String DATASET = ARNS + "dataset/g/EVENT_INTERACTIONS";

  @TempDir Path directory;
  private EventTrackerFixture server;
  private String tracker;

  @BeforeEach
  void start() {
    server = new EventTrackerFixture(directory, new EventTrackerRules(0, Duration.ofSeconds(10)));
    tracker = server.createActive("g").getEventTrackerArn();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tagAndUntag_changeWhatListShows() {
    for (String arn : List.of(tracker, GROUP, DATASET)) {
      assertThat(tags(arn)).isEmpty();
      assertThat(add(arn, tag("k", "v"), tag("é", "")))
          .isEqualTo(TagResourceResponse.getDefaultInstance());
      add(arn, tag("k", "w"), tag("z", "1"));
      assertThat(tags(arn)).containsExactly(tag("k", "w"), tag("é", ""), tag("z", "1"));
      assertThat(remove(arn, "é", "none", "K", "é"))
          .isEqualTo(UntagResourceResponse.getDefaultInstance());
      assertThat(tags(arn)).containsExactly(tag("k", "w"), tag("z", "1"));
    }
  }

  @Test
  void createDatasetGroup_takesTagsAndTheirLimits() {
    var request = CreateDatasetGroupRequest.newBuilder().setName("t").addTags(tag("k", "v"));
    String arn = server.datasets("anna").createDatasetGroup(request.build()).getDatasetGroupArn();
    assertThat(tags(arn)).containsExactly(tag("k", "v"));
    request.setName("u").addTags(tag("k", "w"));
    assertThat(refusal(() -> server.datasets("anna").createDatasetGroup(request.build())))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "FIELD_INVALID",
                "tags[1].tag_key: the same key as an earlier tag (expected: no key twice)"));
    request.clearTags().addAllTags(List.of(many(51)));
    assertThat(refusal(() -> server.datasets("anna").createDatasetGroup(request.build())).reason())
        .isEqualTo("TOO_MANY_TAGS");
  }

  @Test
  void tagResource_checksTags() {
    assertThat(refusal(() -> add(GROUP)))
        .isEqualTo(
            invalid("1 validation error", "Value null at 'tags'", "Member must not be null"));
    assertThat(refusal(() -> add(GROUP, tag("", "v"))))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value '' at 'tags.1.member.tagKey'",
                "Member must have length greater than or equal to 1"));
    assertThat(refusal(() -> add(GROUP, tag("k", "v"), tag("k", "v"))).message())
        .isEqualTo("tags[1].tag_key: the same key as an earlier tag (expected: no key twice)");
    assertThat(refusal(() -> add(GROUP, many(201))).message())
        .endsWith("Member must have length less than or equal to 200");
    assertThat(refusal(() -> add(GROUP, many(51))))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT, "TOO_MANY_TAGS", "Too many tags: 51 (expected: at most 50)"));
    add(GROUP, many(50));
    assertThat(refusal(() -> add(GROUP, tag("one", "more"))))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT, "TOO_MANY_TAGS", "Too many tags: a resource has at most 50."));
    assertThat(tags(GROUP)).containsExactly(many(50));
  }

  @Test
  void untagResource_checksKeys() {
    add(GROUP, tag("k", "v"));
    assertThat(refusal(() -> remove(GROUP)))
        .isEqualTo(
            invalid("1 validation error", "Value null at 'tagKeys'", "Member must not be null"));
    assertThat(refusal(() -> remove(GROUP, "k", "")))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value '' at 'tagKeys.2.member'",
                "Member must have length greater than or equal to 1"));
    String[] keys = IntStream.range(0, 51).mapToObj(i -> "k" + i).toArray(String[]::new);
    assertThat(refusal(() -> remove(GROUP, keys)))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "TOO_MANY_TAG_KEYS",
                "Too many tag keys: 51 (expected: at most 50)"));
    assertThat(tags(GROUP)).containsExactly(tag("k", "v"));
  }

  @Test
  void allMethods_refuseWhatIsNotThereOrNotTheirs() {
    for (String none :
        List.of(
            ARNS + "dataset-group/none",
            ARNS + "event-tracker/00000000",
            ARNS + "dataset/g/ITEMS",
            ARNS + "dataset/g",
            ARNS + "dataset/g/EVENT_INTERACTIONS/",
            ARNS + "schema/g")) {
      Refusal expected =
          new Refusal(
              NOT_FOUND, "RESOURCE_NOT_FOUND", "Could not find the specified resource: " + none);
      assertThat(refusal(() -> tags(none))).isEqualTo(expected);
      assertThat(refusal(() -> add(none, tag("k", "v")))).isEqualTo(expected);
      assertThat(refusal(() -> remove(none, "k"))).isEqualTo(expected);
    }
    var list = ListTagsForResourceRequest.newBuilder().setResourceArn(GROUP).build();
    assertThat(refusal(() -> server.tags("bert").listTagsForResource(list)))
        .isEqualTo(
            new Refusal(
                PERMISSION_DENIED,
                "ACCOUNT_MISMATCH",
                "User: arn:aws:iam::222222222222:user/bert is not authorized to perform:"
                    + " personalize:ListTagsForResource on resource: "
                    + GROUP));
    var add = TagResourceRequest.newBuilder().setResourceArn(tracker).addTags(tag("k", "v"));
    assertThat(refusal(() -> server.tags("bert").tagResource(add.build())).reason())
        .isEqualTo("ACCOUNT_MISMATCH");
    var remove = UntagResourceRequest.newBuilder().setResourceArn(DATASET).addTagKeys("k");
    assertThat(refusal(() -> server.tags("bert").untagResource(remove.build())).reason())
        .isEqualTo("ACCOUNT_MISMATCH");
    assertThat(tags(tracker)).isEmpty();
  }

  @Test
  void tagResource_ofWhatIsBeingDeleted_isRefused() {
    server.delete(tracker);
    assertThat(tags(tracker)).isEmpty();
    Refusal inUse =
        new Refusal(FAILED_PRECONDITION, "RESOURCE_IN_USE", "Resource " + tracker + " is in use");
    assertThat(refusal(() -> add(tracker, tag("k", "v")))).isEqualTo(inUse);
    assertThat(refusal(() -> remove(tracker, "k"))).isEqualTo(inUse);
  }

  private List<Tag> tags(String arn) {
    return server
        .tags("anna")
        .listTagsForResource(ListTagsForResourceRequest.newBuilder().setResourceArn(arn).build())
        .getTagsList();
  }

  private TagResourceResponse add(String arn, Tag... tags) {
    return server
        .tags("anna")
        .tagResource(
            TagResourceRequest.newBuilder().setResourceArn(arn).addAllTags(List.of(tags)).build());
  }

  private UntagResourceResponse remove(String arn, String... keys) {
    return server
        .tags("anna")
        .untagResource(
            UntagResourceRequest.newBuilder()
                .setResourceArn(arn)
                .addAllTagKeys(List.of(keys))
                .build());
  }

  private static Tag[] many(int count) {
    return IntStream.range(0, count).mapToObj(i -> tag("k" + i, "v")).toArray(Tag[]::new);
  }

  private static Tag tag(String key, String value) {
    return Tag.newBuilder().setTagKey(key).setTagValue(value).build();
  }
}
