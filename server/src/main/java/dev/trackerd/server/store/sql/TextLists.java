package dev.trackerd.server.store.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Lists of texts as JSON arrays of strings, the way they are stored. */
public final class TextLists {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // What is read was written here; its size was bounded on the way in.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private TextLists() {}

  /** Returns the array, without spaces; null for an empty list. */
  static String encode(List<String> texts) {
    if (texts.isEmpty()) {
      return null;
    }
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeArray(texts.toArray(String[]::new), 0, texts.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json.toString();
  }

  /**
   * Returns the texts of an array that {@link #encode} made.
   *
   * @param json the array, or null for an empty list
   * @throws IllegalStateException if it is anything else
   */
  public static List<String> decode(String json) {
    if (json == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      for (String text = in.nextTextValue(); text != null; text = in.nextTextValue()) {
        texts.add(text);
      }
      if (in.currentToken() != JsonToken.END_ARRAY) {
        throw new IllegalStateException("a stored list is no array of strings");
      }
    } catch (IOException e) {
      throw new IllegalStateException("a stored list is no JSON", e);
    }
    return texts;
  }
}
