package dev.trackerd.server.event;

import static dev.trackerd.server.event.EventTrackerFixture.ARNS;
import static dev.trackerd.server.event.EventTrackerFixture.invalid;
import static dev.trackerd.server.event.EventTrackerFixture.refusal;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import dev.trackerd.server.event.EventTrackerFixture.Refusal;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.Tag;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags, and requests with more faults than an answer has room for. */
class EventTrackerTagsTest {
  private static final String TAG_PATTERN =
      "Member must satisfy regular expression pattern: ^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";

  @TempDir Path directory;
  private EventTrackerFixture server;
  private String group;

  @BeforeEach
  void start() {
    server = new EventTrackerFixture(directory, EventTrackerRules.NONE);
    group = server.group("g");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRefusal_namesTenFieldsAtMostAndFitsGrpcsMetadata() throws Exception {
    String face = "\uD83D\uDE00";
    var request = valid().setName(face.repeat(100_000)).setDatasetGroupArn(face.repeat(100_000));
    for (int i = 0; i < 50; i++) {
      request.addTags(tag(face.repeat(1000), "\u0000".repeat(1000)));
    }
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> server.trackers("anna").createEventTracker(request.build()));
    assertThat(failure.getStatus().getDescription()).startsWith("10 validation errors detected: ");
    var status = StatusProto.fromThrowable(failure);
    for (Any detail : status.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        assertThat(detail.unpack(BadRequest.class).getFieldViolationsList())
            .extracting(BadRequest.FieldViolation::getField)
            .startsWith("name", "name", "dataset_group_arn", "dataset_group_arn", "tags[0].tag_key")
            .hasSize(10);
      }
    }
    // What gRPC writes: the message percent-encoded, the details in base64.
    Metadata.Key<byte[]> details =
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    int bytes = failure.getTrailers().get(details).length * 4 / 3 + 3;
    for (byte b : failure.getStatus().getDescription().getBytes(StandardCharsets.UTF_8)) {
      bytes += b >= ' ' && b <= '~' && b != '%' ? 1 : 3;
    }
    assertThat(bytes).isLessThan(8192 - 500);
  }

  @Test
  void create_checksTags() {
    assertThat(create(valid().addTags(tag("", "v"))))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value '' at 'tags.1.member.tagKey'",
                "Member must have length greater than or equal to 1"));
    assertThat(create(valid().addTags(tag("k", "v")).addTags(tag("l", "a;b"))))
        .isEqualTo(
            invalid("1 validation error", "Value 'a;b' at 'tags.2.member.tagValue'", TAG_PATTERN));
    assertThat(create(valid().addTags(tag("é".repeat(129), "v"))).message())
        .endsWith("Member must have length less than or equal to 128");
    assertThat(create(valid().addTags(tag("k", "v".repeat(257)))).message())
        .endsWith("Member must have length less than or equal to 256");
    assertThat(create(valid().addTags(tag("k", "v")).addTags(tag("k", "w"))))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT,
                "FIELD_INVALID",
                "tags[1].tag_key: the same key as an earlier tag (expected: no key twice)"));
    server.assertNoEventTrackers();
    var odd = valid().addTags(tag("é".repeat(128), "")).addTags(tag("K", " _.:/=+-@"));
    assertThat(server.trackers("anna").createEventTracker(odd.build()).getEventTrackerArn())
        .startsWith(ARNS);
  }

  @Test
  void create_limitsTheNumberOfTags() {
    assertThat(create(withTags(51)))
        .isEqualTo(
            new Refusal(
                INVALID_ARGUMENT, "TOO_MANY_TAGS", "Too many tags: 51 (expected: at most 50)"));
    assertThat(create(withTags(200)).reason()).isEqualTo("TOO_MANY_TAGS");
    assertThat(create(withTags(201)))
        .isEqualTo(
            invalid(
                "1 validation error",
                "Value '[201 members]' at 'tags'",
                "Member must have length less than or equal to 200"));
    server.assertNoEventTrackers();
    assertThat(
            server.trackers("anna").createEventTracker(withTags(50).build()).getEventTrackerArn())
        .startsWith(ARNS);
  }

  private CreateEventTrackerRequest.Builder withTags(int count) {
    var request = valid();
    for (int i = 0; i < count; i++) {
      request.addTags(tag("k" + i, "v"));
    }
    return request;
  }

  private static Tag tag(String key, String value) {
    return Tag.newBuilder().setTagKey(key).setTagValue(value).build();
  }

  private Refusal create(CreateEventTrackerRequest.Builder request) {
    return refusal(() -> server.trackers("anna").createEventTracker(request.build()));
  }

  private CreateEventTrackerRequest.Builder valid() {
    return CreateEventTrackerRequest.newBuilder().setName("n").setDatasetGroupArn(group);
  }
}
