package dev.trackerd.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Who may import whom. Calls run from the callers down to the store, and imports with them. */
@AnalyzeClasses(
    packages = "dev.trackerd.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ImportsTest {
  private static final String STORE = "dev.trackerd.server.store";
  private static final String SQL = "dev.trackerd.server.store.sql..";
  private static final String SQLITE = "dev.trackerd.server.store.sqlite..";
  private static final String POSTGRES = "dev.trackerd.server.store.postgres..";
  private static final String AUTH = "dev.trackerd.server.auth..";
  private static final String RPC = "dev.trackerd.server.rpc..";
  private static final String EVENT = "dev.trackerd.server.event..";
  private static final String TOKEN = "dev.trackerd.server.token..";
  private static final String TRANSFER = "dev.trackerd.server.transfer..";
  private static final String TRACKER = "dev.trackerd.server.tracker..";
  private static final String ASSEMBLY = "dev.trackerd.server.assembly..";
  private static final String CLI = "dev.trackerd.server.cli..";
  private static final String PROTO = "dev.trackerd.v1..";
  private static final String PROTOBUF = "com.google.protobuf..";
  private static final String[] JDK = {
    "java.io..",
    "java.lang..",
    "java.math..",
    "java.net..",
    "java.nio..",
    "java.security..",
    "java.text..",
    "java.time..",
    "java.util..",
    "javax.crypto.."
  };

  @ArchTest static final ArchRule store_knowsTheJdkOnly = only(STORE, STORE);

  @ArchTest
  static final ArchRule sql_knowsTheStoreAndJdbc =
      only(SQL, SQL, STORE, "java.sql..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule sqlite_knowsSqlAndItsDriver =
      only(
          SQLITE,
          SQLITE,
          SQL,
          STORE,
          "java.sql..",
          "org.sqlite..",
          "com.github.benmanes.caffeine..");

  @ArchTest
  static final ArchRule postgres_knowsSqlItsDriverAndItsPool =
      only(
          POSTGRES,
          POSTGRES,
          SQL,
          STORE,
          "java.sql..",
          "javax.net.ssl..",
          "javax.sql..",
          "org.postgresql..",
          "com.zaxxer.hikari..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule sql_isNamedByEnginesAndTheAssemblyOnly =
      importedBy(SQL, SQL, SQLITE, POSTGRES, ASSEMBLY);

  @ArchTest
  static final ArchRule sqlite_isNamedByTheAssemblyOnly = importedBy(SQLITE, SQLITE, ASSEMBLY);

  @ArchTest
  static final ArchRule auth_knowsTheStoreAndItsLibraries =
      only(
          AUTH,
          AUTH,
          STORE,
          "com.nimbusds..",
          "com.google.crypto.tink..",
          "com.github.benmanes.caffeine..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule rpc_knowsCallersAndTheStoreButNoService =
      only(RPC, RPC, AUTH, STORE, PROTO, PROTOBUF, "com.google.rpc..", "io.grpc..", "org.slf4j..");

  @ArchTest
  static final ArchRule event_knowsProtobufTheStoreAndCallers =
      only(EVENT, EVENT, RPC, AUTH, STORE, PROTO, PROTOBUF, "io.grpc");

  @ArchTest
  static final ArchRule token_knowsProtobufAndCallers =
      only(TOKEN, TOKEN, RPC, AUTH, PROTO, PROTOBUF, "io.grpc");

  /** Its service has the methods of event trackers too. */
  @ArchTest
  static final ArchRule tracker_knowsProtobufTheStoreCallersAndEventTrackers =
      only(TRACKER, TRACKER, EVENT, RPC, AUTH, STORE, PROTO, PROTOBUF, "io.grpc");

  /** It asks of what it moves what the services ask of requests, and reads JSON as strictly. */
  @ArchTest
  static final ArchRule transfer_knowsMessagesTheStoreAndTheServicesChecks =
      only(
          TRANSFER,
          TRANSFER,
          TRACKER,
          EVENT,
          RPC,
          AUTH,
          STORE,
          PROTO,
          PROTOBUF,
          "dev.trackerd.gateway.json..");

  @ArchTest
  static final ArchRule transfer_isImportedByTheCommandsOnly = importedBy(TRANSFER, TRANSFER, CLI);

  @ArchTest static final ArchRule cli_isImportedByNoOne = importedBy(CLI, CLI);

  @ArchTest
  static final ArchRule assembly_isImportedByTheCommandsOnly = importedBy(ASSEMBLY, ASSEMBLY, CLI);

  @ArchTest
  static final ArchRule environment_isReadByTheCommandsOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  private static ArchRule importedBy(String room, String... callers) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(callers)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(room);
  }

  private static ArchRule only(String of, String... may) {
    return classes()
        .that()
        .resideInAPackage(of)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(Stream.of(JDK, may).flatMap(Stream::of).toArray(String[]::new));
  }
}
