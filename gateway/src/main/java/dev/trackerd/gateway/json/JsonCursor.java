package dev.trackerd.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Walks the tokens of one JSON text (RFC 8259, nothing beyond it) and knows the path of the place
 * where it stands. Every failure is a {@link TranscodeException}.
 */
final class JsonCursor implements Closeable {
  /** A name that nobody would read to its end is not sent back whole. */
  private static final int LONGEST_PATH = 200;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Interned names would outlive the request.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser parser;
  private final boolean escapes;
  private final Faults faults;
  private int depth;

  /** Whether no fault is passed over any more: the JSON ends here, or enough are known. */
  private boolean broken;

  private JsonCursor(JsonParser parser, boolean escapes, Faults faults) {
    this.parser = parser;
    this.escapes = escapes;
    this.faults = faults;
  }

  /**
   * Opens a text in UTF-8, before its first token.
   *
   * @param faults gathers those that {@link #passOver} is told of
   * @throws TranscodeException if it is not UTF-8 or begins with a byte-order mark
   */
  static JsonCursor open(byte[] json, Faults faults) {
    String text = Utf8.decode(json, "The body");
    if (text.startsWith("\uFEFF")) {
      throw new TranscodeException("", "The body begins with a byte-order mark");
    }
    try {
      return new JsonCursor(FACTORY.createParser(text), text.contains("\\u"), faults);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes to the next token; null at the end of the text. */
  JsonToken next() {
    broken = true;
    JsonToken token = advance();
    broken = false;
    return token;
  }

  private JsonToken advance() {
    try {
      JsonToken token = parser.nextToken();
      if (token != null && token.isStructStart() && ++depth > JsonReader.MAX_DEPTH) {
        throw new TranscodeException(
            "", "The JSON is nested deeper than " + JsonReader.MAX_DEPTH + " levels");
      } else if (token != null && token.isStructEnd()) {
        depth--;
      } else if (escapes && token == JsonToken.VALUE_STRING) {
        // In names the parser refuses them itself.
        refuseLoneSurrogate(parser.getText());
      }
      return token;
    } catch (IOException e) {
      throw syntax(e);
    }
  }

  /** Returns how many objects and arrays are open, that which begins here included. */
  int depth() {
    return depth;
  }

  /**
   * Keeps a fault and goes to the last token of the value, so that what follows is read as well.
   *
   * @param outside the depth outside of the value
   * @throws TranscodeException if the JSON can't be read further, or no more faults may be told
   */
  void passOver(TranscodeException fault, int outside) {
    if (broken) {
      throw fault;
    }
    broken = true;
    faults.add(fault);
    broken = false;
    if (token() == JsonToken.FIELD_NAME) {
      next();
    }
    while (depth > outside) {
      next();
    }
  }

  /** Returns the token where the cursor stands; null before the first and after the last. */
  JsonToken token() {
    return parser.currentToken();
  }

  /** Returns the name, string or number where the cursor stands. */
  String text() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw syntax(e);
    }
  }

  /** Checks that nothing but white space follows. */
  void end() {
    if (next() != null) {
      throw new TranscodeException("", "The body holds more than one JSON value");
    }
  }

  /** Makes the failure of the place where the cursor stands. */
  TranscodeException error(String description) {
    StringBuilder path = new StringBuilder();
    append(path, parser.getParsingContext());
    boolean whole = path.length() <= LONGEST_PATH;
    String field = whole ? path.toString() : path.substring(0, LONGEST_PATH) + "…";
    return new TranscodeException(field, description);
  }

  /** Makes the failure of a value of the wrong kind. */
  TranscodeException mismatch(String expected) {
    return error("expected " + expected + ", found " + found());
  }

  private static void append(StringBuilder path, JsonStreamContext context) {
    if (context.getParent() != null) {
      append(path, context.getParent());
    }
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.hasCurrentName()) {
      path.append(path.length() == 0 ? "" : ".").append(context.getCurrentName());
    }
  }

  private String found() {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }

  private void refuseLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new TranscodeException("", "The JSON holds half of a surrogate pair");
      }
    }
  }

  /** The parser's own text names its classes and settings; only the place is passed on. */
  private static TranscodeException syntax(IOException e) {
    JsonLocation place = e instanceof JsonProcessingException json ? json.getLocation() : null;
    String where =
        place == null
            ? ""
            : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    return new TranscodeException("", "The body is not valid JSON" + where);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
