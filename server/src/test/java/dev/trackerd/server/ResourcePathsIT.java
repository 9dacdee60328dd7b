package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.trackerd.server.RunningServer.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What AWS' clients have, over REST: an ARN stands in the path as it is, or encoded as a whole. */
class ResourcePathsIT {
  @TempDir Path directory;
  private RunningServer server;
  private String group;
  private String tracker;

  @BeforeEach
  void start() {
    server = RunningServer.start(directory);
    group = field(call("POST", "/v1/dataset-groups", "{\"name\":\"g\"}"), "datasetGroupArn");
    tracker =
        field(
            call(
                "POST",
                "/v1/event-trackers",
                "{\"name\":\"t\",\"datasetGroupArn\":\"" + group + "\"}"),
            "eventTrackerArn");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** As it is; by JavaScript's encodeURIComponent; and with lower-case digits. */
  private static List<String> forms(String arn) {
    String encoded = URLEncoder.encode(arn, StandardCharsets.UTF_8);
    return List.of(arn, encoded, encoded.replace("%2F", "%2f"), arn.replace(":", "%3A"));
  }

  @Test
  void everyForm_namesTheResource() {
    String dataset = "arn:aws:personalize:us-east-1:123456789012:dataset/g/EVENT_INTERACTIONS";
    for (String arn : forms(tracker)) {
      assertThat(
              field(
                  call("GET", "/v1/event-trackers/" + arn, null).getAsJsonObject("eventTracker"),
                  "eventTrackerArn"))
          .isEqualTo(tracker);
    }
    for (String arn : forms(group)) {
      assertThat(
              field(
                  call("GET", "/v1/dataset-groups/" + arn, null).getAsJsonObject("datasetGroup"),
                  "datasetGroupArn"))
          .isEqualTo(group);
    }
    for (String arn : forms(dataset)) {
      assertThat(
              field(
                  call("GET", "/v1/datasets/" + arn, null).getAsJsonObject("dataset"),
                  "datasetArn"))
          .isEqualTo(dataset);
    }
  }

  @Test
  void everyForm_isTagged() {
    for (String resource : List.of(tracker, group)) {
      for (String arn : forms(resource)) {
        String path = "/v1/tags/" + arn;
        assertThat(call("POST", path, "{\"tags\":[{\"tagKey\":\"a b\",\"tagValue\":\"v\"}]}"))
            .isEqualTo(new JsonObject());
        assertThat(call("GET", path, null).toString())
            .isEqualTo("{\"tags\":[{\"tagKey\":\"a b\",\"tagValue\":\"v\"}]}");
        assertThat(call("DELETE", path + "?tagKeys=a%20b&tagKeys=none", null))
            .isEqualTo(new JsonObject());
        assertThat(call("GET", path, null).toString()).isEqualTo("{\"tags\":[]}");
      }
    }
  }

  @Test
  void everyForm_isDeleted() {
    for (int form = 0; form < 4; form++) {
      String path = "/v1/event-trackers/" + forms(tracker).get(form);
      assertThat(call("DELETE", path, null)).isEqualTo(new JsonObject());
      Answer gone = server.call("GET", path);
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.message()).isEqualTo("Could not find the specified resource: " + tracker);
      call("DELETE", "/v1/dataset-groups/" + forms(group).get(form), null);
      assertThat(call("GET", "/v1/dataset-groups", null).toString())
          .isEqualTo("{\"datasetGroups\":[]}");
      stop();
      start();
    }
  }

  private JsonObject call(String method, String path, String body) {
    Answer answer = server.call(method, path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getAsJsonObject();
  }

  private static String field(JsonObject object, String name) {
    return object.get(name).getAsString();
  }
}
