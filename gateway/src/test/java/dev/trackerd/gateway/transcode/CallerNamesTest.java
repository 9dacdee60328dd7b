package dev.trackerd.gateway.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.trackerd.v1.BatchCreateRequest;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.ListRequest;
import dev.trackerd.v1.PatchRequest;
import dev.trackerd.v1.TagResourceRequest;
import dev.trackerd.v1.UpdateRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerNamesTest {

  private static CallerNames names(Descriptor request, String body) {
    return new CallerNames(request, Optional.ofNullable(request.findFieldByName(body)));
  }

  private static Descriptor type(String request) {
    return switch (request) {
      case "Create" -> CreateRequest.getDescriptor();
      case "BatchCreate" -> BatchCreateRequest.getDescriptor();
      case "Update" -> UpdateRequest.getDescriptor();
      case "Patch" -> PatchRequest.getDescriptor();
      case "TagResource" -> TagResourceRequest.getDescriptor();
      default -> ListRequest.getDescriptor();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Create      | tracker    | tracker.vocabulary                 | vocabulary
          Create      | tracker    | tracker.exclude_vocabulary[7]      | excludeVocabulary[7]
          Create      | tracker    | tracker                            | ''
          BatchCreate | trackers   | trackers[1].vocabulary[0]          | [1].vocabulary[0]
          BatchCreate | trackers   | trackers[12]                       | [12]
          BatchCreate | trackers   | trackers                           | ''
          Update      | tracker    | tracker_id                         | trackerId
          Update      | tracker    | tracker.id                         | id
          Update      | tracker    | vocabulary_update                  | vocabularyUpdate
          Patch       | operations | operations[2].path                 | [2].path
          Patch       | operations | operations[2].value[0]             | [2].value[0]
          Patch       | operations | tracker.vocabulary[3]              | tracker.vocabulary[3]
          TagResource | *          | tags[1].tag_key                    | tags[1].tagKey
          TagResource | *          | resource_arn                       | resourceArn
          List        | ''         | page_token                         | pageToken
          List        | ''         | page token                         | page token
          List        | ''         | page_token[                        | page_token[
          List        | ''         | page_token.x                       | page_token.x
          List        | ''         | ''                                 | ''
          """)
  void of_isThePathFromTheRootOfTheBody(String request, String body, String path, String name) {
    assertThat(names(type(request), body).of(path)).isEqualTo(name);
  }

  @Test
  void in_renamesViolationsAndTheMessageThatIsMadeOfThem() {
    CallerNames names = names(type("BatchCreate"), "trackers");
    BadRequest.Builder bad = BadRequest.newBuilder();
    bad.addFieldViolationsBuilder().setField("trackers[0].name").setDescription("expected: a");
    bad.addFieldViolationsBuilder().setField("trackers").setDescription("expected: b");
    Status failure =
        Status.newBuilder()
            .setCode(3)
            .setMessage("trackers[0].name: expected: a; trackers: expected: b")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("FIELD_INVALID").build()))
            .addDetails(Any.pack(bad.build()))
            .build();

    Status told = names.in(failure);

    bad.getFieldViolationsBuilder(0).setField("[0].name");
    bad.getFieldViolationsBuilder(1).setField("");
    assertThat(told)
        .isEqualTo(
            failure.toBuilder()
                .setMessage("[0].name: expected: a; expected: b")
                .setDetails(1, Any.pack(bad.build()))
                .build());
    Status other = failure.toBuilder().setMessage("trackers[0].name is bad").build();
    assertThat(names.in(other).getMessage()).isEqualTo("trackers[0].name is bad");
  }

  @Test
  void in_leavesWhatItCannotRead() {
    CallerNames names = names(type("Create"), "tracker");
    Status plain = Status.newBuilder().setCode(5).setMessage("tracker: none").build();
    assertThat(names.in(plain)).isEqualTo(plain);
    Any broken =
        Any.pack(BadRequest.getDefaultInstance()).toBuilder()
            .setValue(ByteString.copyFromUtf8("\u0001"))
            .build();
    Status damaged = plain.toBuilder().addDetails(broken).build();
    assertThat(names.in(damaged)).isEqualTo(damaged);
  }
}
