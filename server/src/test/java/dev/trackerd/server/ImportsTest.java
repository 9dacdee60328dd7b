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
  private static final String AUTH = "dev.trackerd.server.auth..";
  private static final String GRPC = "dev.trackerd.server.grpc..";
  private static final String SERVER = "dev.trackerd.server";
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
      only(SQL, SQL, STORE, "java.sql..", "org.sqlite..", "com.fasterxml.jackson.core..");

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
  static final ArchRule grpc_knowsProtobufTheStoreAndCallers =
      only(
          GRPC,
          GRPC,
          AUTH,
          STORE,
          "dev.trackerd.v1..",
          "com.google.protobuf..",
          "com.google.rpc..",
          "com.google.api..",
          "io.grpc..",
          "com.github.benmanes.caffeine..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule assembly_isImportedByNoOne =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SERVER);

  @ArchTest
  static final ArchRule environment_isReadByTheAssemblyOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVER)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  private static ArchRule only(String of, String... may) {
    return classes()
        .that()
        .resideInAPackage(of)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(Stream.of(JDK, may).flatMap(Stream::of).toArray(String[]::new));
  }
}
