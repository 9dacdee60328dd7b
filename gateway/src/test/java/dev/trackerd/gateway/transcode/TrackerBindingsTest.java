package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.message;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.v1.BatchCreateRequest;
import dev.trackerd.v1.CreateRequest;
import dev.trackerd.v1.DeleteResponse;
import dev.trackerd.v1.FindByNameRequest;
import dev.trackerd.v1.FindByNameResponse;
import dev.trackerd.v1.GenerateRequest;
import dev.trackerd.v1.GenerateResponse;
import dev.trackerd.v1.GetResponse;
import dev.trackerd.v1.ListRequest;
import dev.trackerd.v1.ListResponse;
import dev.trackerd.v1.PatchRequest;
import dev.trackerd.v1.Tracker;
import dev.trackerd.v1.UpdateRequest;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real contract, as its clients write and read it. */
class TrackerBindingsTest {
  private static final byte[] NO_BODY = {};
  private static final HttpBindings POSTS =
      HttpBindings.of(List.of(binding("Create", 1), binding("BatchCreate")));
  private static final HttpBindings GETS =
      HttpBindings.of(List.of(binding("List"), binding("FindByName")));

  @Test
  void create_takesAnObjectOnThePluralPath() {
    byte[] body =
        utf8(
            """
            {"name":"Promotion Mention","vocabulary":["We have a special promotion"],
             "categories":["a"],"id":"1","createdOn":"2021-01-01","updatedOn":null}
            """);

    CreateRequest request =
        message(CreateRequest.parser(), POSTS.select("", body).decode(Map.of(), "", body));

    assertThat(request.getTracker().getName()).isEqualTo("Promotion Mention");
    assertThat(request.getTracker().getVocabularyList())
        .containsExactly("We have a special promotion");
    assertThat(request.getTracker().getCategoriesList()).containsExactly("a");
  }

  @Test
  void batchCreate_takesAnArrayOnThePluralPath() {
    byte[] body = utf8("[{\"name\":\"a\",\"vocabulary\":[\"x\"]},{\"name\":\"b\"}]");

    BatchCreateRequest request =
        message(BatchCreateRequest.parser(), POSTS.select("", body).decode(Map.of(), "", body));

    assertThat(request.getTrackersList()).extracting(Tracker::getName).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"nam":"a"}                      | nam: unknown member
          {"name":5}                       | name: expected a string, found a number
          {"name":["x"]}                   | name: expected a string, found an array
          {"vocabulary":["a","b",3]}       | vocabulary[2]: expected a string, found a number
          {"vocabulary":"a"}               | vocabulary: expected an array, found a string
          {"vocabulary":[["a"]]}           | vocabulary[0]: expected a string, found an array
          {"vocabulary":[null]}            | vocabulary[0]: expected a string, found null
          {"name":"a","name":"b"}          | name: given twice
          [{"name":"a"}]                   | The body must be a JSON object
          """)
  void create_namesTheOffendingKey(String body, String message) {
    assertThat(
            catchThrowableOfType(
                TranscodeException.class, () -> binding("Create").decode(Map.of(), "", utf8(body))))
        .hasMessage(message);
  }

  @Test
  void update_namesTheMembersOfTheBody() {
    UpdateRequest request =
        message(
            UpdateRequest.parser(),
            binding("Update")
                .decode(
                    Map.of("tracker_id", "4476908732794496"),
                    "vocabularyUpdate=REPLACE",
                    utf8("{\"id\":\"1\",\"vocabulary\":[\"a\"],\"excludeVocabulary\":[]}")));

    assertThat(request.getTrackerId()).isEqualTo("4476908732794496");
    assertThat(request.getTracker().getId()).isEqualTo("1");
    assertThat(request.getVocabularyUpdate()).isEqualTo(VocabularyUpdate.REPLACE);
    assertThat(request.getUpdateMask().getPathsList())
        .containsExactly("id", "vocabulary", "exclude_vocabulary");
  }

  @Test
  void update_refusesTheIdInTheQuery() {
    assertThat(
            catchThrowableOfType(
                TranscodeException.class,
                () ->
                    binding("Update").decode(Map.of("tracker_id", "1"), "trackerId=2", utf8("{}"))))
        .hasMessage("trackerId: stands in the path, not in the query");
    assertThat(
            catchThrowableOfType(
                TranscodeException.class,
                () ->
                    binding("Update")
                        .decode(Map.of("tracker_id", "1"), "vocabularyUpdate=swap", utf8("{}"))))
        .hasMessage("vocabularyUpdate: expected one of MERGE, REPLACE");
  }

  @Test
  void update_takesTheVocabularyUpdateInTheLettersOfTheFlag() {
    var request =
        message(
            UpdateRequest.parser(),
            binding("Update")
                .decode(Map.of("tracker_id", "1"), "vocabularyUpdate=replace", utf8("{}")));
    assertThat(request.getVocabularyUpdate()).isEqualTo(VocabularyUpdate.REPLACE);
  }

  @Test
  void decode_tellsAllThatDoesNotFit() {
    TranscodeException refusal =
        catchThrowableOfType(
            TranscodeException.class,
            () ->
                binding("Update")
                    .decode(
                        Map.of("tracker_id", "1"),
                        "vocabularyUpdate=swap&tracker_id=2&x=1",
                        utf8(
                            """
                            {"name": 5, "vocabulary": ["a", null, {"b": [1]}, 2.5, "c"],
                             "nme": [{"x": 1}], "description": [[]], "languages": ["en"], "name": "n"}
                            """)));
    assertThat(refusal.violations())
        .extracting(TranscodeException.Violation::field)
        .containsExactly(
            "name",
            "vocabulary[1]",
            "vocabulary[2]",
            "vocabulary[3]",
            "nme",
            "description",
            "name",
            "vocabularyUpdate",
            "tracker_id",
            "x");
    assertThat(refusal)
        .hasMessageStartingWith(
            "name: expected a string, found a number; vocabulary[1]: expected a string, found null;")
        .hasMessageEndingWith("; x: unknown query parameter");
  }

  @Test
  void patch_takesOperationsWithValuesOfBothKinds() {
    PatchRequest request =
        message(
            PatchRequest.parser(),
            binding("Patch")
                .decode(
                    Map.of("tracker_id", "1"),
                    null,
                    utf8(
                        """
                        [{"op":"replace","path":"/description","value":"d"},
                         {"op":"add","path":"/vocabulary","value":["a"]},
                         {"op":"remove","path":"/vocabulary/0"}]
                        """)));

    assertThat(request.getOperationsCount()).isEqualTo(3);
    assertThat(request.getOperations(0).getValue().getStringValue()).isEqualTo("d");
    assertThat(request.getOperations(1).getValue().getListValue().getValuesCount()).isEqualTo(1);
    assertThat(request.getOperations(2).hasValue()).isFalse();
    assertThat(
            catchThrowableOfType(
                TranscodeException.class,
                () -> binding("Patch").decode(Map.of("tracker_id", "1"), "", utf8("null"))))
        .hasMessage("The body must be a JSON array");
  }

  @Test
  void list_andFindByNameAreToldApart() {
    assertThat(message(ListRequest.parser(), get("pageSize=2&pageToken=x")))
        .isEqualTo(ListRequest.newBuilder().setPageSize(2).setPageToken("x").build());
    assertThat(message(FindByNameRequest.parser(), get("&name=Gr%C3%BC%C3%9Fe+%26")).getName())
        .isEqualTo("Grüße &");
    assertThat(GETS.select("name=", NO_BODY).method().getName()).isEqualTo("FindByName");
    assertThat(catchThrowableOfType(TranscodeException.class, () -> get("nam=x")))
        .hasMessage("nam: unknown query parameter");
    assertThat(catchThrowableOfType(TranscodeException.class, () -> get("name=x&pageSize=1")))
        .hasMessage("pageSize: unknown query parameter");
  }

  private static Message get(String query) {
    return GETS.select(query, NO_BODY).decode(Map.of(), query, NO_BODY);
  }

  @Test
  void generate_passesOverUnknownMembers() {
    HttpBindings generate = HttpBindings.of(List.of(binding("Generate")));
    byte[] body =
        utf8("{\"type\":\"application\",\"appId\":\"a\",\"appSecret\":\"s\",\"AuthURI\":\"u\"}");

    assertThat(
            message(GenerateRequest.parser(), generate.select("", body).decode(Map.of(), "", body)))
        .isEqualTo(
            GenerateRequest.newBuilder()
                .setType("application")
                .setAppId("a")
                .setAppSecret("s")
                .build());
    assertThat(generate.isPublic()).isTrue();
    assertThat(generate.maxBodyBytes()).isEqualTo(16_384);
  }

  @Test
  void replies_haveTheDocumentedForm() {
    Tracker tracker = Tracker.newBuilder().setId("4476908732794496").setName("n").build();
    String json = "{\"id\":\"4476908732794496\",\"name\":\"n\",\"vocabulary\":[]}";

    assertThat(utf8(binding("Get").encode(GetResponse.newBuilder().setTracker(tracker).build())))
        .isEqualTo("{\"tracker\":" + json + "}");
    assertThat(utf8(binding("List").encode(ListResponse.getDefaultInstance())))
        .isEqualTo("{\"trackers\":[]}");
    assertThat(utf8(binding("FindByName").encode(FindByNameResponse.getDefaultInstance())))
        .isEqualTo("{\"trackers\":[]}");
    assertThat(
            utf8(
                binding("Delete")
                    .encode(
                        DeleteResponse.newBuilder()
                            .setId("1")
                            .setType("tracker")
                            .setDeleted(true)
                            .build())))
        .isEqualTo("{\"id\":\"1\",\"type\":\"tracker\",\"deleted\":true}");
    assertThat(
            utf8(
                binding("Generate")
                    .encode(
                        GenerateResponse.newBuilder()
                            .setAccessToken("t")
                            .setExpiresIn(86_400)
                            .build())))
        .isEqualTo("{\"accessToken\":\"t\",\"expiresIn\":86400}");
  }
}
