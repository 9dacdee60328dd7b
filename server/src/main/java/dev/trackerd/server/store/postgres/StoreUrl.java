package dev.trackerd.server.store.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * Where a PostgreSQL is and how to connect to it: {@code
 * jdbc:postgresql://host:port,host:port/database?name=value&…}, as pgjdbc takes it
 * (jdbc.postgresql.org/documentation/use). Stricter than the driver, which ignores names that it
 * does not know and logs a URL that it can't read, passwords included. Immutable, thread-safe;
 * {@code toString} tells hosts and database, and never a parameter.
 */
public final class StoreUrl {
  private static final String SCHEME = "jdbc:postgresql:";
  private static final Pattern FORM =
      Pattern.compile(SCHEME + "//([^/?#]*)/([^/?#]+)(?:\\?([^#]*))?");
  private static final Pattern ADDRESS =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+(?:%\\w+)?])(?::([0-9]{1,5}))?");
  // They would lead elsewhere than the part of the URL that is told to operators.
  private static final Set<PGProperty> ELSEWHERE =
      Set.of(PGProperty.PG_HOST, PGProperty.PG_PORT, PGProperty.PG_DBNAME, PGProperty.SERVICE);

  private final String hosts;
  private final String database;
  private final Properties parameters;

  private StoreUrl(String hosts, String database, Properties parameters) {
    this.hosts = hosts;
    this.database = database;
    this.parameters = parameters;
  }

  /** Whether the text means to be such a URL; {@link #parse} tells whether it is one. */
  public static boolean isOne(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Parses a URL. A host without a port is reached at 5432; none at all is localhost.
   *
   * @throws IllegalArgumentException naming the part that is wrong and what is expected there. It
   *     repeats nothing of the URL: any part of it may be a password in the wrong place
   */
  public static StoreUrl parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "the URL of a database (expected: jdbc:postgresql://host:port/database)");
    }
    return new StoreUrl(hosts(form.group(1)), database(form.group(2)), parameters(form.group(3)));
  }

  /** Whether a secret stands in the URL, the password of the role or of a key file. */
  public boolean holdsSecret() {
    return Stream.of(PGProperty.PASSWORD, PGProperty.SSL_PASSWORD)
        .anyMatch(secret -> secret.isPresent(parameters));
  }

  /**
   * The same with this password of the role.
   *
   * @throws IllegalArgumentException if it has one
   */
  public StoreUrl withPassword(String password) {
    Properties all = properties();
    if (PGProperty.PASSWORD.isPresent(all)) {
      throw new IllegalArgumentException(
          "the password stands in the URL, and apart from it (expected: once)");
    }
    PGProperty.PASSWORD.set(all, password);
    return new StoreUrl(hosts, database, all);
  }

  /** The URL without its parameters, to go with {@link #properties()}. */
  String jdbcUrl() {
    return SCHEME + "//" + hosts + "/" + database;
  }

  /** The parameters by the driver's names, passwords included; a fresh copy. */
  Properties properties() {
    Properties copy = new Properties();
    copy.putAll(parameters);
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoreUrl that
        && hosts.equals(that.hosts)
        && database.equals(that.database)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hosts, database, parameters);
  }

  /** Hosts and database, {@code db1:5432,db2:5432/trackerd}. */
  @Override
  public String toString() {
    return hosts + "/" + database;
  }

  private static String hosts(String text) {
    return text.isEmpty()
        ? "localhost:5432"
        : String.join(",", Stream.of(text.split(",", -1)).map(StoreUrl::host).toList());
  }

  private static String host(String text) {
    if (text.contains("@")) {
      throw new IllegalArgumentException(
          "the URL's host: it has an @ (expected: the role as the parameter user=…)");
    }
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "the URL's host (expected: a name or an address, with an IPv6 address in brackets)");
    }
    int port = address.group(2) == null ? 5432 : Integer.parseInt(address.group(2));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the URL's port (expected: 1 to 65535)");
    }
    return address.group(1) + ":" + port;
  }

  /** Stays as it is written, for the driver to decode. */
  private static String database(String text) {
    decode(text, "the URL's database");
    return text;
  }

  private static Properties parameters(String query) {
    Properties parameters = new Properties();
    List<String> all = query == null || query.isEmpty() ? List.of() : List.of(query.split("&", -1));
    for (int i = 0; i < all.size(); i++) {
      put(parameters, all.get(i), "parameter " + (i + 1) + " of the URL");
    }
    return parameters;
  }

  private static void put(Properties parameters, String parameter, String what) {
    String[] parts = parameter.split("=", 2);
    PGProperty name = PGProperty.forName(parts[0]);
    if (name == null || parts.length < 2) {
      throw new IllegalArgumentException(what + " (expected: name=value, of pgjdbc's names)");
    }
    String named = what + ", " + name.getName();
    if (ELSEWHERE.contains(name)) {
      throw new IllegalArgumentException(named + " (expected: hosts and database before the ?)");
    }
    if (name.isPresent(parameters)) {
      throw new IllegalArgumentException(named + ": stands there twice (expected: once)");
    }
    String value = decode(parts[1], named);
    String[] choices = name.getChoices();
    if (choices != null && !areAmong(value, List.of(choices))) {
      throw new IllegalArgumentException(
          named + " (expected: one of " + String.join(", ", choices) + ")");
    }
    name.set(parameters, value);
  }

  /** The driver ignores case; where several may be named, commas stand between them. */
  private static boolean areAmong(String value, List<String> choices) {
    return Stream.of(value.split(",", -1))
        .allMatch(one -> choices.stream().anyMatch(one::equalsIgnoreCase));
  }

  private static String decode(String text, String what) {
    String decoded;
    try {
      decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not as the cause: its message quotes the text.
      throw new IllegalArgumentException(
          what + " (expected: % with two hexadecimal digits, as %25)");
    }
    if (decoded.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + ": has a control character");
    }
    return decoded;
  }
}
