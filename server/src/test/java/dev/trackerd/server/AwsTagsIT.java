package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.personalize.PersonalizeClient;
import software.amazon.awssdk.services.personalize.model.Dataset;
import software.amazon.awssdk.services.personalize.model.DatasetGroup;
import software.amazon.awssdk.services.personalize.model.InvalidInputException;
import software.amazon.awssdk.services.personalize.model.PersonalizeException;
import software.amazon.awssdk.services.personalize.model.ResourceInUseException;
import software.amazon.awssdk.services.personalize.model.ResourceNotFoundException;
import software.amazon.awssdk.services.personalize.model.Tag;
import software.amazon.awssdk.services.personalize.model.TooManyTagKeysException;
import software.amazon.awssdk.services.personalize.model.TooManyTagsException;

/** Dataset groups from beginning to end, and tags, by AWS' own SDK for Java. */
class AwsTagsIT {
  private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
  private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/k";

  @TempDir Path directory;
  private RunningServer server;
  private PersonalizeClient client;
  private String group;

  @BeforeEach
  void start() {
    server = RunningServer.start(directory);
    client =
        PersonalizeClient.builder()
            .endpointOverride(URI.create(server.server.httpUrl()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("app1", "secret1")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    group =
        client
            .createDatasetGroup(
                r -> r.name("group").roleArn(ROLE).kmsKeyArn(KEY).tags(tag("made", "with")))
            .datasetGroupArn();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void datasetGroup_showsItsKeyAndGoesOnceItIsEmpty() {
    DatasetGroup shown = client.describeDatasetGroup(r -> r.datasetGroupArn(group)).datasetGroup();
    assertThat(shown.roleArn()).isEqualTo(ROLE);
    assertThat(shown.kmsKeyArn()).isEqualTo(KEY);
    String tracker =
        client.createEventTracker(r -> r.name("t").datasetGroupArn(group)).eventTrackerArn();
    String arn = client.listDatasets(r -> r.datasetGroupArn(group)).datasets().get(0).datasetArn();
    Dataset dataset = client.describeDataset(r -> r.datasetArn(arn)).dataset();
    assertThat(dataset.datasetArn()).isEqualTo(arn);
    assertThat(dataset.name()).isEqualTo("group/EVENT_INTERACTIONS");
    assertThat(dataset.datasetGroupArn()).isEqualTo(group);
    assertThat(dataset.datasetType()).isEqualTo("EVENT_INTERACTIONS");
    assertThat(dataset.status()).isEqualTo("ACTIVE");
    assertThat(dataset.creationDateTime()).isEqualTo(dataset.lastUpdatedDateTime()).isNotNull();

    assertRefused(
        ResourceInUseException.class,
        () -> client.deleteDatasetGroup(r -> r.datasetGroupArn(group)));
    client.deleteEventTracker(r -> r.eventTrackerArn(tracker));
    var deleted = client.deleteDatasetGroup(r -> r.datasetGroupArn(group));
    assertThat(deleted.sdkHttpResponse().firstMatchingHeader("content-length")).contains("0");
    assertRefused(
        ResourceNotFoundException.class,
        () -> client.deleteDatasetGroup(r -> r.datasetGroupArn(group)));
    assertRefused(
        ResourceNotFoundException.class, () -> client.describeDataset(r -> r.datasetArn(arn)));
    assertThat(client.listDatasetGroups(r -> {}).datasetGroups()).isEmpty();
  }

  @Test
  void tags_comeAndGo() {
    String tracker =
        client
            .createEventTracker(r -> r.name("t").datasetGroupArn(group).tags(tag("k", "v")))
            .eventTrackerArn();
    assertThat(tags(group)).containsExactly(tag("made", "with"));
    assertThat(tags(tracker)).containsExactly(tag("k", "v"));

    var added = client.tagResource(r -> r.resourceArn(tracker).tags(tag("l", ""), tag("k", "w")));
    // An output without members is an empty object; no output at all would be an empty body.
    assertThat(added.sdkHttpResponse().firstMatchingHeader("content-length")).contains("2");
    assertThat(tags(tracker)).containsExactly(tag("k", "w"), tag("l", ""));
    client.untagResource(r -> r.resourceArn(tracker).tagKeys("k", "none"));
    assertThat(tags(tracker)).containsExactly(tag("l", ""));
    assertThat(tags(group)).containsExactly(tag("made", "with"));
  }

  @Test
  void tags_areRefusedByTypedErrors() {
    List<Tag> tooMany = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "")).toList();
    assertRefused(
        TooManyTagsException.class,
        () -> client.tagResource(r -> r.resourceArn(group).tags(tooMany)));
    List<String> keys = IntStream.range(0, 51).mapToObj(i -> "k" + i).toList();
    assertRefused(
        TooManyTagKeysException.class,
        () -> client.untagResource(r -> r.resourceArn(group).tagKeys(keys)));
    assertRefused(
        InvalidInputException.class,
        () -> client.tagResource(r -> r.resourceArn(group).tags(tag("k", "v"), tag("k", "w"))));
    assertRefused(InvalidInputException.class, () -> client.tagResource(r -> r.resourceArn(group)));
    assertRefused(
        InvalidInputException.class,
        () -> client.createDatasetGroup(r -> r.name("other").roleArn(ROLE)));
    String none = group + "s";
    assertRefused(
        ResourceNotFoundException.class,
        () -> client.listTagsForResource(r -> r.resourceArn(none)));
    assertThat(tags(group)).containsExactly(tag("made", "with"));
  }

  private List<Tag> tags(String arn) {
    return client.listTagsForResource(r -> r.resourceArn(arn)).tags();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().tagKey(key).tagValue(value).build();
  }

  private static void assertRefused(
      Class<? extends PersonalizeException> type, ThrowingCallable call) {
    PersonalizeException refused = catchThrowableOfType(type, call);
    assertThat(refused).as(type.getSimpleName()).isNotNull();
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.requestId()).hasSize(36);
  }
}
