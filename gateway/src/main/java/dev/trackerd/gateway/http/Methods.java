package dev.trackerd.gateway.http;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Functions over HTTP methods. */
public final class Methods {

  /** The method of that name. */
  public static final String GET = "GET";

  /** The method of that name. */
  public static final String OPTIONS = "OPTIONS";

  static final String HEAD = "HEAD";

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private Methods() {}

  /** Returns whether requests of a method have a body that means something. */
  static boolean haveBody(String method) {
    return WITH_BODY.contains(method);
  }

  /** Returns the method whose route a request takes. */
  public static String routed(String method) {
    return method.equals(HEAD) ? GET : method;
  }

  /** Returns the {@code Allow} header of a path that has these methods. */
  static String allow(Collection<String> methods) {
    Set<String> allowed = new TreeSet<>(methods);
    allowed.add(OPTIONS);
    if (allowed.contains(GET)) {
      allowed.add(HEAD);
    }
    return String.join(", ", allowed);
  }
}
