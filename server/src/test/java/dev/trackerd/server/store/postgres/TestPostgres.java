package dev.trackerd.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own, on a port of its own of the loopback address, that can be
 * stopped, killed and started again. It trusts everyone who connects. Works for root as well as for
 * an ordinary user; ends with this JVM, or if that was killed, when the next one starts a server.
 *
 * <p>One that does not start fails the test. Thread-safe but for starting and ending it.
 */
public final class TestPostgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What makes nothing of a crash: fast, for tests that don't kill it. */
  private static final Map<String, String> QUICK = Map.of("fsync", "off");

  /** What an acknowledged commit survives, whatever is killed. */
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on");

  /** Before version 15 a database takes the languages of its machine only, which may have none. */
  private static final int LANGUAGES_OF_ITS_OWN = 15;

  private static final String DATABASE = "CREATE DATABASE english TEMPLATE template0";
  private static final String IN_ENGLISH = DATABASE + " LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final TestPostgresFolder folder = TestPostgresFolder.make();
  private final Map<String, String> settings;
  private EmbeddedPostgres server;
  private int port;
  private boolean english;

  private TestPostgres(Map<String, String> settings) {
    this.settings = settings;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    start();
  }

  private static final class Shared {
    private static final TestPostgres SERVER = new TestPostgres(QUICK);
  }

  /** The server that all tests of this JVM share, started when first asked for; not to be ended. */
  public static TestPostgres shared() {
    return Shared.SERVER;
  }

  /**
   * A server for a test that ends it, whose commits are on stable storage. The caller closes it.
   */
  public static TestPostgres durable() {
    return new TestPostgres(DURABLE);
  }

  /** Makes an empty database and returns its URL, which names a superuser. */
  public String newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name + " TEMPLATE template0");
    return url(name);
  }

  /**
   * Makes an empty schema, in a database whose language orders texts unlike their bytes, and
   * returns its URL, which names a superuser: what a test needs that shares the server with no
   * other, and quicker than {@link #newDatabase}.
   */
  public String newSchema() {
    String name = "test_" + DATABASES.incrementAndGet();
    synchronized (this) {
      if (!english) {
        execute("postgres", majorVersion() < LANGUAGES_OF_ITS_OWN ? DATABASE : IN_ENGLISH);
        english = true;
      }
    }
    execute("english", "CREATE SCHEMA " + name);
    return url("english") + "&currentSchema=" + name;
  }

  /** The URL of a database that is there, for a superuser. */
  public String url(String database) {
    return url(database, "postgres");
  }

  /** The URL of a database that is there, for a role that is there. */
  public String url(String database, String role) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + role;
  }

  /** The port it listens on; the same for all of its life. */
  public int port() {
    return port;
  }

  private int majorVersion() {
    try (Connection connection = DriverManager.getConnection(url("postgres"))) {
      return connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a statement as a superuser. */
  public void execute(String database, String sql) {
    try (Connection connection = DriverManager.getConnection(url(database));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** Starts it again on the data it had, and waits until it takes connections. */
  public void start() {
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.data())
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setPGStartupWait(PATIENCE)
              .setOutputRedirector(Redirect.appendTo(folder.log().toFile()))
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("synchronous_commit", "on");
      settings.forEach(builder::setServerConfig);
      server = builder.start();
      port = server.getPort();
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("PostgreSQL does not start:\n" + folder.logged(), e);
    }
  }

  /** Ends it in order: connections are closed, their transactions rolled back. */
  public void stop() {
    closing(server);
  }

  /** Kills it and all its processes at once (SIGKILL), and waits until they are gone. */
  public void kill() {
    folder.kill();
    closing(server);
  }

  /** Stops it and starts it again. */
  public void restart() {
    stop();
    start();
  }

  /** Lets none of its processes run (SIGSTOP) until {@link #resume}: it hangs. */
  public void pause() {
    signal("-STOP");
  }

  /** Lets it go on after {@link #pause}. */
  public void resume() {
    signal("-CONT");
  }

  /** Ends it, and removes its data; harmless if it was stopped or killed. */
  @Override
  public synchronized void close() {
    if (folder.processes().findAny().isPresent()) {
      closing(server);
    }
    folder.kill();
    folder.delete();
  }

  private void signal(String signal) {
    List<String> pids = folder.processes().map(p -> Long.toString(p.pid())).toList();
    try {
      Process kill =
          new ProcessBuilder(Stream.concat(Stream.of("kill", signal), pids.stream()).toList())
              .start();
      assertThat(kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void closing(EmbeddedPostgres server) {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
