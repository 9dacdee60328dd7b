package dev.trackerd.gateway.route;

import java.util.List;

/**
 * A path template of {@code google.api.http} (google/api/http.proto, "Path template syntax"):
 * {@code /v1/{name=shelves/*}/books/{book.id}:verb}. Immutable.
 *
 * <p>{@code *} matches one segment that is not empty. {@code **} matches zero or more (one or more
 * in front of a verb) and must be the last segment. The verb of a literal segment is part of that
 * literal, so {@code token:generate} and {@code token%3Agenerate} are the same; everywhere else the
 * verb begins with a colon that is not escaped, and an escaped one is part of the value. Beyond the
 * grammar, {@code /} alone is a template.
 */
public final class PathTemplate {
  /** The text of a segment that matches one segment. No literal can be equal to it. */
  static final String ONE = "*";

  /** The text of a segment that matches all that follow. No literal can be equal to it. */
  static final String REST = "**";

  /**
   * A variable and what it captures.
   *
   * @param fieldPath the field that takes the value
   * @param from the index of its first segment
   * @param to the index after its last segment; -1 if it is the end of the path
   */
  record Variable(String fieldPath, int from, int to) {

    /** Returns whether the pattern is exactly one segment, so that all of it is decoded. */
    boolean isSingle() {
      return to == from + 1;
    }
  }

  private final String text;
  private final List<String> segments;
  private final String verb;
  private final List<Variable> captures;

  PathTemplate(String text, List<String> segments, String verb, List<Variable> captures) {
    this.text = text;
    this.segments = List.copyOf(segments);
    this.verb = verb;
    this.captures = List.copyOf(captures);
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException if it is not one; names the column, counted from 1
   */
  public static PathTemplate parse(String template) {
    return new TemplateParser(template).parse();
  }

  /** Returns the field paths of the variables, in order. Unmodifiable. */
  public List<String> variables() {
    return captures.stream().map(Variable::fieldPath).toList();
  }

  /** Returns the segments: decoded literals, {@link #ONE} and {@link #REST}. */
  List<String> segments() {
    return segments;
  }

  /** Returns the verb behind a wildcard; empty if there is none. */
  String verb() {
    return verb;
  }

  List<Variable> captures() {
    return captures;
  }

  /** Returns the text that was parsed. */
  @Override
  public String toString() {
    return text;
  }
}
