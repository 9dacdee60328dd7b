package dev.trackerd.server.store.postgres;

import java.util.Map;
import java.util.Properties;
import org.postgresql.PGProperty;

/**
 * How connections are made. Without bounds of its own the driver waits for ever for a server that
 * has gone; what the URL says wins, but for what the stores rely on.
 */
final class ConnectionSettings {
  /** Milliseconds; a server that is asked too much ends what nobody waits for any more. */
  private static final String SESSION =
      "-c statement_timeout=5000 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=10000";

  /** In seconds, but for the last ones. */
  private static final Map<PGProperty, String> SOFT =
      Map.of(
          PGProperty.CONNECT_TIMEOUT, "2",
          PGProperty.LOGIN_TIMEOUT, "5",
          PGProperty.SOCKET_TIMEOUT, "15",
          // How long one that was a standby is taken for one: it may be the primary by now.
          PGProperty.HOST_RECHECK_SECONDS, "1",
          PGProperty.TCP_KEEP_ALIVE, "true",
          PGProperty.TARGET_SERVER_TYPE, "primary",
          PGProperty.APPLICATION_NAME, "trackerd",
          // Prepared by the server from the first use on: all statements are used again and again.
          PGProperty.PREPARE_THRESHOLD, "1");

  /**
   * For the start of every connection. A commit that is acknowledged before it is on disk is none;
   * whether standbys have to have it too is the operator's choice. And what a statement sees is
   * what was committed when it began, not when the transaction did.
   */
  static final String FIRST_STATEMENT =
      """
      SELECT set_config('default_transaction_isolation', 'read committed', false),
             CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
                  THEN set_config('synchronous_commit', 'on', false) END
      """;

  private ConnectionSettings() {}

  /** The driver's properties for a URL. */
  static Properties of(StoreUrl url) {
    Properties properties = url.properties();
    SOFT.forEach(
        (property, value) -> {
          if (!property.isPresent(properties)) {
            property.set(properties, value);
          }
        });
    // Of two that set the same, the server takes the last.
    String options = PGProperty.OPTIONS.getOrDefault(properties);
    PGProperty.OPTIONS.set(properties, options == null ? SESSION : SESSION + " " + options);
    // With it a batch does not tell which of its rows were inserted.
    PGProperty.REWRITE_BATCHED_INSERTS.set(properties, false);
    return properties;
  }
}
