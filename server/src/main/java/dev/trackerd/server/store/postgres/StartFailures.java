package dev.trackerd.server.store.postgres;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What keeps a database from being opened, for the operator: what it is, and what to do. */
final class StartFailures {
  private static final String TLS_FAILED =
      "TLS failed (expected: a certificate of that host's that the sslmode and sslrootcert of the URL"
          + " trust, and files that can be read)";

  private StartFailures() {}

  /** In a few words, which repeat nothing of the URL's parameters: the driver's messages do. */
  static String reason(SQLException failure) {
    return switch (SqlStates.state(failure)) {
      case "28P01" ->
          "the role's password is wrong (expected: TRACKERD_STORE_PASSWORD, or a line in .pgpass)";
      case "28000" ->
          "it does not let this role in from here (expected: a role that is there, and a line for it"
              + " in pg_hba.conf)";
      case "3D000" -> "there is no such database (expected: CREATE DATABASE beforehand)";
      case "42501" ->
          "the role may not make its tables (expected: GRANT CREATE, USAGE ON SCHEMA … TO the role,"
              + " and tables that are its own)";
      case "3F000" -> "there is no schema to make tables in (expected: CREATE SCHEMA beforehand)";
      case "53300" -> "it has no connection free (expected: a greater max_connections)";
      case "57P03" -> "it is starting up or shutting down (expected: to try again in a moment)";
      case "55P03" -> "another server has been changing its tables for a minute";
      case "25006" -> "it is read-only, as a standby is (expected: the primary)";
      default -> unreached(failure);
    };
  }

  private static String unreached(SQLException failure) {
    if (isBy(failure, UnknownHostException.class)) {
      return "there is no host of that name";
    }
    if (isBy(failure, ConnectException.class)) {
      return "nothing listens there (expected: a PostgreSQL that takes connections over TCP)";
    }
    if (isBy(failure, SSLException.class)) {
      return TLS_FAILED;
    }
    if (isBy(failure, SocketTimeoutException.class)) {
      return "it does not answer";
    }
    return refused(failure);
  }

  private static String refused(SQLException failure) {
    String state = SqlStates.state(failure);
    if (state.equals("08004")) {
      // The one state of the driver's for both; its other words may be in any language.
      return String.valueOf(failure.getMessage()).contains("SSL")
          ? "it has no TLS (expected: ssl=on in postgresql.conf, or another sslmode in the URL)"
          : "it wants a password (expected: TRACKERD_STORE_PASSWORD, or a line in .pgpass)";
    }
    if (state.equals("08P01") || isBy(failure, EOFException.class)) {
      return "what answers there is no PostgreSQL";
    }
    if (state.equals("08006") && !isBy(failure, SocketException.class)) {
      // Neither files that can't be read nor names of hosts are an SSLException's matter.
      return TLS_FAILED;
    }
    return "it can't be used (SQLSTATE " + (state.isEmpty() ? "unknown" : state) + ")";
  }

  private static boolean isBy(Throwable failure, Class<? extends Exception> kind) {
    return Stream.iterate(failure, e -> e != null, Throwable::getCause)
        .limit(10)
        .anyMatch(kind::isInstance);
  }
}
