package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.gateway.json.Utf8;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a query (application/x-www-form-urlencoded, WHATWG URL, section 5), strictly. */
final class QueryString {
  private static final Pattern WELL_FORMED = Pattern.compile("(?:[!-$&-~]|%[0-9A-Fa-f]{2})*+");

  /**
   * One parameter.
   *
   * @param key decoded
   * @param value decoded; empty if there is no {@code =}
   */
  record Parameter(String key, String value) {

    /** Returns whether the key is one of the two names of a field. */
    boolean names(FieldDescriptor field) {
      return key.equals(field.getJsonName()) || key.equals(field.getName());
    }
  }

  private QueryString() {}

  /**
   * Splits and decodes a query. {@code +} is a space; empty pairs are passed over.
   *
   * @param raw null if there is none
   * @throws TranscodeException if an escape is malformed or it is not UTF-8
   */
  static List<Parameter> parse(String raw) {
    if (raw == null || raw.isEmpty()) {
      return List.of();
    }
    if (!WELL_FORMED.matcher(raw).matches()) {
      throw new TranscodeException("", "The query is not percent-encoded as it must be");
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.add(new Parameter(decode(key), decode(value)));
      }
    }
    return parameters;
  }

  /** The JDK's decoder replaces what is not UTF-8: let it make bytes, and decode those strictly. */
  private static String decode(String raw) {
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
      return raw;
    }
    String octets = URLDecoder.decode(raw, StandardCharsets.ISO_8859_1);
    return Utf8.decode(octets.getBytes(StandardCharsets.ISO_8859_1), "The query");
  }
}
