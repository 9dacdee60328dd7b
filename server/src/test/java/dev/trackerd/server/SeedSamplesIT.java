package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.trackerd.server.RunningServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sample of the documentation that the REST paths come from, with the ids that this server
 * gave in place of the printed ones.
 */
class SeedSamplesIT {
  private static final String PROMOTION =
      """
      {
          "id": "4476908732794496",
          "name": "Promotion Mention",
          "vocabulary": [
              "We have a special promotion going on if you book this before",
              "I can offer you a discount of 10 20 percent you being a new customer for us",
              "We have our month special this month",
              "We have a sale right now on"
          ]
      }""";

  private static final String VOICE_MESSAGE =
      """
      {
          "id": "4476908732794496",
          "name": "Voice Message",
          "vocabulary": [
              "At the tone please record",
              "Please leave message after tome",
              "Call back during normal office hours",
              "If you are calling about an emergency",
              "Our offices are currently closed",
              "Our repesentatives are unavailable at this time",
              "Please leave message",
              "start recording message",
              "Begin recording message",
              "sending you to his voicemail",
              "Leave Name and contact info",
              "Leave name and number",
              "I can call after",
              "Leave message with name",
              "leave message with number",
              "press to listen",
              "press to record",
              "press to send",
              "Record your message",
              "Return call ASAP",
              "return your call as soon as possible",
              "get back soon",
              "get back as quickly as possible",
              "Sorry we missed your call",
              "sorry we missed you",
              "You have reached office"
          ]
      }""";

  private static final String UPDATE =
      """
      {
          "id": "4476908732794496",
          "name": "Promotion Mention",
          "vocabulary": [
            "A flat 10 20 percent sale is",
            "Flash sale is available right now",
            "Lifestyle discount is available"
          ]
      }""";

  private static final String UPDATED =
      """
      {
         "tracker":{
            "id":"4476908732794496",
            "name":"Promotion Mention",
            "vocabulary":[
               "A flat 10 20 percent sale is",
               "Flash sale is available right now",
               "Lifestyle discount is available",
               "We have a special promotion going on if you book this before",
               "I can offer you a discount of 10 20 percent you being a new customer for us",
               "We have our month special this month",
               "We have a sale right now on"
            ]
         }
      }""";

  private static final String DELETED =
      """
      {
          "id": "5929848712719472",
          "type": "tracker",
          "deleted": true
      }""";

  @TempDir Path directory;
  private RunningServer server;

  @BeforeEach
  void start() {
    server = RunningServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_ignoresTheSamplesIdAndEchoesTheRest() {
    String id = create(PROMOTION);

    assertThat(id).matches("[0-9]{16}").isNotEqualTo("4476908732794496");
    assertThat(Long.parseLong(id)).isLessThan(1L << 53);
  }

  @Test
  void getAll_returnsTheSample() {
    String id = create(VOICE_MESSAGE);

    assertBody(
        server.call("GET", "/v1/manage/trackers"), "{\"trackers\":[" + VOICE_MESSAGE + "]}", id);
  }

  @Test
  void getById_returnsTheSample() {
    String id = create(PROMOTION);

    assertBody(
        server.call("GET", "/v1/manage/tracker/" + id), "{\"tracker\":" + PROMOTION + "}", id);
  }

  @Test
  void getByName_returnsTheSample() {
    create(VOICE_MESSAGE);
    String id = create(PROMOTION);

    assertBody(
        server.call("GET", "/v1/manage/trackers?name=Promotion%20Mention"),
        "{\"trackers\":[" + PROMOTION + "]}",
        id);
  }

  @Test
  void put_returnsTheSample() {
    String id = create(PROMOTION);
    String request = UPDATE.replace("4476908732794496", id);

    assertBody(server.call("PUT", "/v1/manage/tracker/" + id, request), UPDATED, id);
    assertBody(server.call("GET", "/v1/manage/tracker/" + id), UPDATED, id);
  }

  @Test
  void delete_returnsTheSample() {
    String id = create(PROMOTION);
    Answer answer = server.call("DELETE", "/v1/manage/tracker/" + id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .isEqualTo(JsonParser.parseString(DELETED.replace("5929848712719472", id)));
    server.assertEmpty();
  }

  private String create(String sample) {
    Answer answer = server.call("POST", "/v1/manage/tracker", sample);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertBody(answer, "{\"tracker\":" + sample + "}", answer.trackerId());
    return answer.trackerId();
  }

  private static void assertBody(Answer answer, String sample, String id) {
    JsonElement expected = JsonParser.parseString(sample.replace("4476908732794496", id));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.json()).isEqualTo(expected);
  }
}
