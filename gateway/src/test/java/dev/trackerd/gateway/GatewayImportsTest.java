package dev.trackerd.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Who may import whom. Requests run from the listener to the channel, and imports with them. */
@AnalyzeClasses(
    packages = "dev.trackerd.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayImportsTest {

  private static final String ASSEMBLY = "dev.trackerd.gateway";
  private static final String HTTP = "dev.trackerd.gateway.http";
  private static final String ROUTE = "dev.trackerd.gateway.route";
  private static final String JSON = "dev.trackerd.gateway.json";
  private static final String TRANSCODE = "dev.trackerd.gateway.transcode";
  private static final String CALL = "dev.trackerd.gateway.call";
  private static final String BACKEND = "dev.trackerd.gateway.backend";
  private static final String WIRE = "dev.trackerd.gateway.wire";
  private static final String CLI = "dev.trackerd.gateway.cli";
  private static final String LOGGING = "dev.trackerd.gateway.logging";
  private static final String UI = "dev.trackerd.gateway.ui";
  private static final String AWS = "dev.trackerd.gateway.aws";

  @ArchTest static final ArchRule route_knowsTheJdkOnly = only(ROUTE);

  @ArchTest
  static final ArchRule wire_knowsItsLibraries =
      only(WIRE, "io.netty..", "io.vertx.core..", "org.slf4j..");

  @ArchTest
  static final ArchRule ui_knowsHttp =
      only(UI, HTTP, "dev.trackerd.gateway.v1", "com.google.rpc..", "io.vertx.core..");

  @ArchTest
  static final ArchRule json_knowsProtobufAndItsLibrary =
      only(JSON, "com.google.api..", "com.google.protobuf..", "com.fasterxml.jackson.core..");

  /** It takes more than JSON for JSON, and makes a tree of it on the way. */
  @ArchTest
  static final ArchRule jsonFormat_isForTests =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("com\\.google\\.(protobuf\\.util\\.JsonFormat|gson)\\b.*");

  @ArchTest
  static final ArchRule transcode_knowsJsonAndProtobuf =
      only(
          TRANSCODE,
          JSON,
          "dev.trackerd.gateway.v1",
          "com.google.api..",
          "com.google.protobuf..",
          "com.google.rpc..");

  @ArchTest
  static final ArchRule call_knowsGrpc =
      only(CALL, "com.google.common.util.concurrent", "com.google.protobuf..", "io.grpc..");

  @ArchTest
  static final ArchRule backend_knowsGrpcAndCall =
      only(BACKEND, CALL, "com.google.common.util.concurrent", "io.grpc..");

  @ArchTest
  static final ArchRule aws_knowsHttpJsonAndCall =
      only(
          AWS,
          HTTP,
          JSON,
          CALL,
          "dev.trackerd.v1",
          "dev.trackerd.gateway.v1",
          "com.google.protobuf..",
          "com.google.rpc..",
          "io.grpc..",
          "io.vertx.core..");

  @ArchTest
  static final ArchRule http_knowsTheOthersAndItsLibraries =
      only(
          HTTP,
          WIRE,
          JSON,
          ROUTE,
          TRANSCODE,
          CALL,
          "dev.trackerd.gateway.v1",
          "com.google.protobuf..",
          "com.google.rpc..",
          "io.grpc..",
          "io.vertx.core",
          "io.vertx.core.buffer",
          "io.vertx.core.http",
          "org.slf4j..");

  @ArchTest
  static final ArchRule logging_knowsItsLibraries =
      only(LOGGING, "ch.qos.logback..", "org.slf4j..", "com.fasterxml.jackson.core..", "io.grpc..");

  /**
   * But for the one RPC that turns a signature into a token, and the reasons that AWS has names
   * for.
   */
  @ArchTest
  static final ArchRule trackers_areKnownToTheAssemblyOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(ASSEMBLY, CLI)
          .and()
          .doNotHaveSimpleName("AwsSignatures")
          .and()
          .haveNameNotMatching(".*\\.AwsErrorType(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.trackerd.v1", ASSEMBLY);

  @ArchTest
  static final ArchRule environment_isReadByTheProgramOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getProperty", String.class);

  private static ArchRule only(String owner, String... others) {
    String[] allowed =
        Stream.concat(Stream.of("java..", owner), Stream.of(others)).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(owner)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
