package dev.trackerd.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.DataDirectory;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class KeyCommandTest {
  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Pattern JSON =
      Pattern.compile(
          "\\{\"account\":\"123456789012\",\"id\":\"(TK\\w{18})\",\"secret\":\"(\\w{44})\"}\n");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T12:00:00.750Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private record Result(int exit, String out, String err) {}

  private Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new KeyCommand(environment, CLOCK))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  private Result runIn(String folder, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data-dir";
    all[arguments.length + 1] = this.folder.resolve(folder).toString();
    return run(all);
  }

  private Matcher create() {
    Result result = runIn("data", "create", "--account", ACCOUNT.value(), "--json", "--new-store");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).matches(JSON);
    Matcher key = JSON.matcher(result.out());
    assertThat(key.matches()).isTrue();
    return key;
  }

  private Optional<Caller> authenticate(String id, String secret) {
    Path data = folder.resolve("data");
    try (Stores stores = SqliteStores.open(data, StoreConfig.unlimited())) {
      MasterKey master = MasterKey.open(data);
      return ApiKeys.open(stores.credentials(), master, CLOCK).authenticate(id, secret);
    }
  }

  @Test
  void create_printsAKeyThatWorks() {
    Matcher key = create();
    assertThat(authenticate(key.group(1), key.group(2)))
        .contains(new Caller(ACCOUNT, key.group(1)));
  }

  @Test
  void create_printsForPeopleToo() {
    Result result = runIn("data", "create", "--account", ACCOUNT.value(), "--new-store");
    assertThat(result.out())
        .matches("account  123456789012\nid       TK\\w{18}\nsecret   \\w{44}\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void list_showsStateAndNoSecret() {
    Matcher first = create();
    Matcher second = create();
    assertThat(runIn("data", "revoke", first.group(1)).out())
        .isEqualTo("revoked " + first.group(1) + "\n");
    String created = "  123456789012  2026-11-20T12:00:00.750Z  ";
    assertThat(runIn("data", "list").out().lines())
        .startsWith("ID                    ACCOUNT       CREATED                   STATE")
        .containsExactlyInAnyOrder(
            "ID                    ACCOUNT       CREATED                   STATE",
            first.group(1) + created + "revoked 2026-11-20T12:00:00.750Z",
            second.group(1) + created + "active");
  }

  @Test
  void revoke_endsAKey() {
    Matcher key = create();
    assertThat(runIn("data", "revoke", key.group(1)))
        .isEqualTo(
            new Result(
                0,
                "revoked " + key.group(1) + "\n",
                "A server whose TRACKERD_CREDENTIALS names it does not start: take it out.\n"));
    assertThat(authenticate(key.group(1), key.group(2))).isEmpty();
  }

  @Test
  void revoke_saysThatThereIsNoSuchKey() {
    create();
    assertThat(runIn("data", "revoke", "nobody"))
        .isEqualTo(new Result(1, "", "trackerd: key nobody: no such key\n"));
  }

  @Test
  void commands_workWhileAServerRuns() {
    Path data = folder.resolve("data");
    try (DataDirectory.ServerLock lock = DataDirectory.open(data).lock();
        Stores stores = SqliteStores.open(data, StoreConfig.unlimited())) {
      assertThat(lock).isNotNull();
      ApiKeys keys = ApiKeys.open(stores.credentials(), MasterKey.open(data), CLOCK);
      Matcher key = create();
      assertThat(keys.authenticate(key.group(1), key.group(2))).isPresent();
      assertThat(runIn("data", "list").out()).contains(key.group(1));
    }
  }

  @Test
  void commands_refuseTheWrongMasterKey() {
    create();
    environment.put("TRACKERD_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    Result result = runIn("data", "list");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("trackerd: the master key is not the one that this store was made with");
  }

  @Test
  void commands_takeTheMasterKeyFromAFile() throws Exception {
    Path file = folder.resolve("key");
    Files.writeString(file, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    environment.put("TRACKERD_MASTER_KEY_FILE", file.toString());
    Matcher key = create();
    assertThat(folder.resolve("data/master.key")).doesNotExist();
    environment.clear();
    Result byFlag = runIn("data", "list", "--master-key-file", file.toString());
    assertThat(byFlag.out()).contains(key.group(1));
    environment.put("TRACKERD_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    Result twice = runIn("data", "list", "--master-key-file", file.toString());
    assertThat(twice.exit()).isEqualTo(2);
    assertThat(twice.err())
        .startsWith("both TRACKERD_MASTER_KEY and --master-key-file are given (expected: one)\n");
  }

  @Test
  void commands_takeTheMasterKeyFromTheEnvironment() {
    environment.put("TRACKERD_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    create();
    assertThat(folder.resolve("data/master.key")).doesNotExist();
    environment.put("TRACKERD_MASTER_KEY", "a canary");
    assertThat(runIn("data", "list"))
        .isEqualTo(
            new Result(
                1,
                "",
                "trackerd: TRACKERD_MASTER_KEY: not base64 (expected: 32 bytes, 44 characters)\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "list, ''",
    "revoke TK123, ''",
    "create --account 123456789012, '; --new-store makes one'"
  })
  void commands_makeNoStoreWhereNoneIs(String command, String advice) throws Exception {
    Result result = runIn("typo", command.split(" "));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .endsWith("typo: no such data directory (see --data-dir)" + advice + "\n");
    assertThat(folder.resolve("typo")).doesNotExist();

    Path other = Files.createDirectory(folder.resolve("other"));
    Result inOther = runIn("other", command.split(" "));
    assertThat(inOther.exit()).isEqualTo(1);
    assertThat(inOther.err())
        .endsWith("other: no store in this directory (see --data-dir)" + advice + "\n");
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void create_makesAStoreWhenToldTo() {
    create();
    assertThat(runIn("data", "create", "--account", ACCOUNT.value()).exit()).isZero();
  }

  @Test
  void commands_sayInOneLineThatTheFolderCannotBeUsed() throws Exception {
    Files.writeString(folder.resolve("data"), "a file");
    Result result = runIn("data", "create", "--account", ACCOUNT.value());
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines()).singleElement().asString().startsWith("trackerd: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                | Missing required subcommand",
        "create                          | Missing required option: '--account=N'",
        "create --account 12             | Invalid value for option '--account'",
        "create --account 12345678901x   | expected: 12 decimal digits",
        "create --account                | Missing required parameter for option '--account'",
        "create x --account 123456789012 | Unmatched argument at index 1: 'x'",
        "revoke                          | Missing required parameter: 'ID'",
        "list --store mysql              | --store: expected: sqlite",
        "list --secrets                  | Unknown option: '--secrets'",
        "show                            | Unmatched argument at index 0: 'show'"
      })
  void commands_explainBadUsage(String arguments, String message) {
    Result result = run(arguments == null ? new String[0] : arguments.split(" "));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(message).contains("Usage: key");
  }
}
