package dev.trackerd.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trackerd.server.store.EventTrackerRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import software.amazon.awssdk.services.personalize.model.DatasetSummary;
import software.amazon.awssdk.services.personalize.model.EventTracker;
import software.amazon.awssdk.services.personalize.model.EventTrackerSummary;
import software.amazon.awssdk.services.personalize.model.InvalidInputException;
import software.amazon.awssdk.services.personalize.model.InvalidNextTokenException;
import software.amazon.awssdk.services.personalize.model.LimitExceededException;
import software.amazon.awssdk.services.personalize.model.PersonalizeException;
import software.amazon.awssdk.services.personalize.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.personalize.model.ResourceInUseException;
import software.amazon.awssdk.services.personalize.model.ResourceNotFoundException;
import software.amazon.awssdk.services.personalize.model.Tag;
import software.amazon.awssdk.services.personalize.model.TooManyTagsException;

/**
 * AWS' own SDK for Java, of which nothing is changed but the endpoint, against the whole program.
 */
class AwsSdkIT {
  private static final String ARNS = "arn:aws:personalize:us-east-1:" + RunningServer.ACCOUNT + ":";
  private static final String ABSENT = ARNS + "event-tracker/00000000";

  @TempDir Path directory;
  private RunningServer server;
  private PersonalizeClient client;

  @BeforeEach
  void start() {
    start(EventTrackerRules.NONE);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void eventTracker_livesAndGoes() {
    String group = group("group");
    assertThat(datasets(group)).isEmpty();

    var created = client.createEventTracker(r -> r.name("clicks").datasetGroupArn(group));
    String arn = created.eventTrackerArn();
    assertThat(arn).matches(ARNS + "event-tracker/[0-9a-f]{8}");
    assertThat(created.trackingId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    EventTracker shown = client.describeEventTracker(r -> r.eventTrackerArn(arn)).eventTracker();
    assertThat(shown.name()).isEqualTo("clicks");
    assertThat(shown.eventTrackerArn()).isEqualTo(arn);
    assertThat(shown.accountId()).isEqualTo(RunningServer.ACCOUNT);
    assertThat(shown.trackingId()).isEqualTo(created.trackingId());
    assertThat(shown.datasetGroupArn()).isEqualTo(group);
    assertThat(shown.status()).isEqualTo("ACTIVE");
    assertThat(shown.creationDateTime())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    assertThat(listed(group)).containsExactly(arn);

    var deleted = client.deleteEventTracker(r -> r.eventTrackerArn(arn));
    assertThat(deleted.sdkHttpResponse().statusCode()).isEqualTo(200);
    assertThat(deleted.responseMetadata().requestId()).hasSize(36);
    assertThat(listed(group)).isEmpty();
    assertNotFound(() -> client.describeEventTracker(r -> r.eventTrackerArn(arn)), arn);
    assertNotFound(() -> client.deleteEventTracker(r -> r.eventTrackerArn(arn)), arn);
    assertThat(datasets(group))
        .extracting(DatasetSummary::datasetType)
        .containsExactly("EVENT_INTERACTIONS");
  }

  @Test
  void dataset_isUsedAgainByTheNextTracker() {
    String group = group("group");
    String first = tracker("first", group);
    List<DatasetSummary> before = datasets(group);
    client.deleteEventTracker(r -> r.eventTrackerArn(first));

    tracker("second", group);

    assertThat(datasets(group)).isEqualTo(before).hasSize(1);
    assertThat(before.get(0).datasetArn()).isEqualTo(ARNS + "dataset/group/EVENT_INTERACTIONS");
  }

  @Test
  void datasetGroup_isDescribedAndListed() {
    String group = group("group");

    assertThat(client.describeDatasetGroup(r -> r.datasetGroupArn(group)).datasetGroup().status())
        .isEqualTo("ACTIVE");
    assertThat(client.listDatasetGroups(r -> {}).datasetGroups())
        .extracting(summary -> summary.datasetGroupArn())
        .containsExactly(group);
  }

  @Test
  void paginator_walksAllPagesInTheOrderOfCreation() {
    List<String> made =
        IntStream.range(0, 7).mapToObj(i -> tracker("t" + i, group("g" + i))).toList();

    assertThat(client.listEventTrackersPaginator(r -> r.maxResults(3)).eventTrackers())
        .extracting(EventTrackerSummary::eventTrackerArn)
        .containsExactlyElementsOf(made);
  }

  @Test
  void refusals_areTyped() {
    String group = group("group");
    tracker("clicks", group);

    assertRefused(
        ResourceAlreadyExistsException.class,
        () -> tracker("more", group),
        "Another resource with Arn .* already exists\\.");
    assertRefused(ResourceAlreadyExistsException.class, () -> group("group"), "Another .*");
    assertRefused(
        InvalidInputException.class,
        () -> client.deleteEventTracker(r -> r.eventTrackerArn("not-an-arn")),
        "1 validation error detected: Value .* at 'eventTrackerArn' failed to satisfy"
            + " constraint: Member must satisfy regular expression pattern: .*");
    assertRefused(
        InvalidInputException.class,
        () -> client.createEventTracker(r -> r.name("x")),
        "1 validation error detected: Value null at 'datasetGroupArn' failed to satisfy"
            + " constraint: Member must not be null");
    assertRefused(
        InvalidNextTokenException.class,
        () -> client.listEventTrackers(r -> r.nextToken("mine")),
        "The token is not valid\\.");
    assertRefused(
        InvalidInputException.class,
        () -> client.listEventTrackers(r -> r.maxResults(101)),
        ".*100");
    assertNotFound(() -> tracker("x", ARNS + "dataset-group/none"), ARNS + "dataset-group/none");
    assertThat(listed(group)).hasSize(1);
  }

  @Test
  void tags_areLimited() {
    String group = group("group");
    var tags =
        IntStream.range(0, 51)
            .mapToObj(i -> Tag.builder().tagKey("k" + i).tagValue("").build())
            .toList();

    assertRefused(
        TooManyTagsException.class,
        () -> client.createEventTracker(r -> r.name("x").datasetGroupArn(group).tags(tags)),
        ".*");
    assertThat(datasets(group)).isEmpty();
  }

  @Test
  void trackerOnItsWay_isInUse() {
    restart(new EventTrackerRules(0, Duration.ofHours(1)));
    String arn = tracker("clicks", group("group"));

    assertRefused(
        ResourceInUseException.class,
        () -> client.deleteEventTracker(r -> r.eventTrackerArn(arn)),
        "Resource " + arn + " is in use");
    EventTracker shown = client.describeEventTracker(r -> r.eventTrackerArn(arn)).eventTracker();
    assertThat(shown.status()).isEqualTo("CREATE PENDING");
  }

  @Test
  void quota_isKept() {
    restart(new EventTrackerRules(1, Duration.ZERO));
    tracker("one", group("a"));
    String group = group("b");

    assertRefused(
        LimitExceededException.class,
        () -> tracker("two", group),
        "More than 1 resources in ACTIVE state\\. Please delete some and try again\\.");
  }

  @Test
  void otherAccount_seesNothing() {
    String group = group("group");
    String arn = tracker("clicks", group);

    try (PersonalizeClient other = client("app2", "secret2")) {
      assertThat(other.listEventTrackers(r -> {}).eventTrackers()).isEmpty();
      PersonalizeException refused =
          catchThrowableOfType(
              PersonalizeException.class,
              () -> other.deleteEventTracker(r -> r.eventTrackerArn(arn)));
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
      assertThat(refused.awsErrorDetails().errorMessage())
          .contains(
              "is not authorized to perform: personalize:DeleteEventTracker on resource: " + arn);
    }
    assertThat(listed(group)).containsExactly(arn);
  }

  @Test
  void unknownCallers_areRefused() {
    try (PersonalizeClient nobody = client("nobody", "secret1");
        PersonalizeClient forger = client("app1", "wrong")) {
      assertThatThrownBy(() -> nobody.listEventTrackers(r -> {}))
          .isInstanceOf(PersonalizeException.class)
          .hasMessageContaining("The security token included in the request is invalid.");
      assertThatThrownBy(() -> forger.listEventTrackers(r -> {}))
          .isInstanceOf(PersonalizeException.class)
          .hasMessageContaining("does not match the signature you provided");
    }
  }

  @Test
  void absentTracker_isNotFound() {
    assertNotFound(() -> client.deleteEventTracker(r -> r.eventTrackerArn(ABSENT)), ABSENT);
  }

  private void start(EventTrackerRules rules) {
    server = RunningServer.start(directory, RunningServer.settings(rules), rules);
    client = client("app1", "secret1");
  }

  private void restart(EventTrackerRules rules) {
    stop();
    start(rules);
  }

  private PersonalizeClient client(String id, String secret) {
    return PersonalizeClient.builder()
        .endpointOverride(URI.create(server.server.httpUrl()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private String group(String name) {
    return client.createDatasetGroup(r -> r.name(name)).datasetGroupArn();
  }

  private String tracker(String name, String group) {
    return client.createEventTracker(r -> r.name(name).datasetGroupArn(group)).eventTrackerArn();
  }

  private List<String> listed(String group) {
    return client.listEventTrackers(r -> r.datasetGroupArn(group)).eventTrackers().stream()
        .map(EventTrackerSummary::eventTrackerArn)
        .toList();
  }

  private List<DatasetSummary> datasets(String group) {
    return client.listDatasets(r -> r.datasetGroupArn(group)).datasets();
  }

  private static void assertNotFound(ThrowingCallable call, String arn) {
    assertRefused(
        ResourceNotFoundException.class, call, "Could not find the specified resource: " + arn);
  }

  private static void assertRefused(
      Class<? extends PersonalizeException> type, ThrowingCallable call, String pattern) {
    PersonalizeException refused = catchThrowableOfType(type, call);
    assertThat(refused).as(type.getSimpleName()).isNotNull();
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.awsErrorDetails().errorMessage()).matches(pattern);
    assertThat(refused.requestId()).hasSize(36);
  }
}
