package dev.trackerd.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.NewApiKey;
import dev.trackerd.server.event.EventTrackerSettings;
import dev.trackerd.server.store.ApiKey;
import dev.trackerd.server.store.EventTrackerRules;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.postgres.TestPostgres;
import dev.trackerd.server.store.sql.Callers;
import dev.trackerd.server.tracker.ServiceSettings;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Servers that meet an empty database at once. */
class FirstStartTest {
  private static final int SERVERS = 4;
  private static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final StoreLocation store =
      StoreLocation.Database.parse(TestPostgres.shared().newDatabase(), 2);

  @Test
  void firstKey_isShownByOneOfManyServers() throws Exception {
    List<Optional<NewApiKey>> keys = startAll();
    assertThat(keys).filteredOn(Optional::isPresent).hasSize(1);
    String shown = keys.stream().flatMap(Optional::stream).findAny().orElseThrow().id();
    try (Stores stores = StoreEngine.open(store)) {
      assertThat(stores.credentials().list()).extracting(ApiKey::id).containsExactly(shown);
    }
    try (TrackerServer later = start()) {
      assertThat(later.firstKey()).isEmpty();
    }
  }

  private List<Optional<NewApiKey>> startAll() throws Exception {
    List<Callers.Answer<TrackerServer>> answers = Callers.all(SERVERS, i -> this::start);
    List<TrackerServer> servers =
        answers.stream().map(Callers.Answer::value).filter(Objects::nonNull).toList();
    servers.forEach(TrackerServer::close);
    assertThat(answers).extracting(Callers.Answer::thrown).containsOnlyNulls();
    return servers.stream().map(TrackerServer::firstKey).toList();
  }

  private TrackerServer start() throws StartException {
    EventTrackerSettings eventTrackers = new EventTrackerSettings("us-east-1", 0);
    return TrackerServer.start(
        new ServerConfig(
            store,
            "127.0.0.1",
            0,
            0,
            Set.of(),
            false,
            EventTrackerRules.NONE,
            0,
            new ServiceSettings(1, 0, VocabularyUpdate.MERGE, eventTrackers),
            List.of(),
            () -> MasterKey.parse(MASTER_KEY)));
  }
}
