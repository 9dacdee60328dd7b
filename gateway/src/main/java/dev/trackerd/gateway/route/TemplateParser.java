package dev.trackerd.gateway.route;

import dev.trackerd.gateway.route.PathTemplate.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one template from left to right; made for one use. */
final class TemplateParser {
  private static final Pattern FIELD_PATH = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*");

  /** What RFC 3986 lets stand in a segment, but for what has a meaning here. */
  private static final Pattern LITERAL = Pattern.compile("(?:[\\w.~!$&'()+,;@-]|%[0-9A-Fa-f]{2})+");

  private final String text;
  private final List<String> segments = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private String verb = "";
  private int at;

  TemplateParser(String text) {
    this.text = text;
  }

  PathTemplate parse() {
    expect('/');
    if (at < text.length()) {
      segments(true);
      if (next() == ':') {
        verb();
      }
    }
    if (at < text.length()) {
      throw error("expected / or the end");
    }
    return new PathTemplate(text, segments, verb, variables);
  }

  private void segments(boolean variablesAllowed) {
    segment(variablesAllowed);
    while (next() == '/') {
      if (segments.contains(PathTemplate.REST)) {
        throw error("** must be the last segment");
      }
      at++;
      segment(variablesAllowed);
    }
  }

  private void segment(boolean variablesAllowed) {
    if (next() == '{' && variablesAllowed) {
      variable();
    } else if (text.startsWith(PathTemplate.REST, at)) {
      at += 2;
      segments.add(PathTemplate.REST);
    } else if (next() == '*') {
      at++;
      segments.add(PathTemplate.ONE);
    } else {
      segments.add(literal("a literal, *, **" + (variablesAllowed ? " or {" : "")));
    }
  }

  private void variable() {
    int column = at++;
    String fieldPath = token(FIELD_PATH, "a field path");
    if (variables.stream().anyMatch(variable -> variable.fieldPath().equals(fieldPath))) {
      at = column;
      throw error("variable " + fieldPath + " stands here twice");
    }
    int from = segments.size();
    if (next() == '=') {
      at++;
      segments(false);
    } else {
      segments.add(PathTemplate.ONE);
    }
    expect('}');
    boolean rest = segments.get(segments.size() - 1).equals(PathTemplate.REST);
    variables.add(new Variable(fieldPath, from, rest ? -1 : segments.size()));
  }

  /** A verb behind a literal becomes part of it, unless a variable ends there. */
  private void verb() {
    int column = at++;
    String word = literal("a verb");
    int last = segments.size() - 1;
    boolean free = variables.stream().allMatch(v -> v.to() >= 0 && v.to() <= last);
    if (isLiteral(segments.get(last)) && free) {
      segments.set(last, segments.get(last) + ":" + word);
    } else if (isLiteral(segments.get(last))) {
      at = column;
      throw error("no verb may follow a variable that ends with a literal");
    } else {
      verb = word;
    }
  }

  private static boolean isLiteral(String segment) {
    return !segment.equals(PathTemplate.ONE) && !segment.equals(PathTemplate.REST);
  }

  private String literal(String what) {
    int column = at;
    String decoded;
    try {
      decoded = Percent.decode(token(LITERAL, what));
    } catch (RouteException e) {
      at = column;
      throw error("expected UTF-8 without %00");
    }
    if (decoded.equals(".") || decoded.equals("..") || decoded.contains("*")) {
      at = column;
      throw error("no path has the segment " + decoded);
    }
    return decoded;
  }

  private String token(Pattern pattern, String what) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw error("expected " + what);
    }
    at = matcher.end();
    return matcher.group();
  }

  private char next() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char c) {
    if (next() != c) {
      throw error("expected " + c);
    }
    at++;
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException(
        "path template " + text + ", column " + (at + 1) + ": " + what);
  }
}
