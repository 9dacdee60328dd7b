package dev.trackerd.server.transfer;

import com.google.protobuf.Message;
import dev.trackerd.gateway.json.JsonReader;
import dev.trackerd.gateway.json.JsonRules;
import dev.trackerd.gateway.json.JsonWriter;
import dev.trackerd.gateway.json.TranscodeException;
import dev.trackerd.v1.ExportHead;
import dev.trackerd.v1.ExportLine;

/** The lines of an export between messages and JSON. */
final class ExportFormat {
  static final int VERSION = 1;

  private static final JsonWriter HEADS =
      JsonWriter.of(ExportHead.getDescriptor(), JsonRules.PROTO_JSON);
  private static final JsonWriter LINES =
      JsonWriter.of(ExportLine.getDescriptor(), JsonRules.PROTO_JSON);
  private static final JsonReader LINE_READER =
      JsonReader.of(ExportLine.getDescriptor(), JsonRules.PROTO_JSON);
  private static final JsonReader HEAD_READER =
      JsonReader.of(ExportHead.getDescriptor(), JsonRules.PROTO_JSON);

  /** A later version may have members of its own, and is to be told by its number. */
  private static final JsonReader ANY_HEAD_READER =
      JsonReader.of(ExportHead.getDescriptor(), JsonRules.PROTO_JSON_LENIENT);

  private ExportFormat() {}

  static byte[] write(ExportHead head) {
    return HEADS.write(head);
  }

  static byte[] write(ExportLine line) {
    return LINES.write(line);
  }

  /**
   * Reads the first line.
   *
   * @throws TransferException if it is none, or that of another version
   */
  static ExportHead head(byte[] line) {
    ExportHead.Builder head = ExportHead.newBuilder();
    try {
      ANY_HEAD_READER.read(line, head);
    } catch (TranscodeException e) {
      throw noExport(e);
    }
    int version = head.getTrackerdExport();
    if (version > VERSION) {
      throw new TransferException(
          "an export in version " + version + " (expected: " + VERSION + "; use its trackerd)");
    }
    if (version != VERSION) {
      throw noExport(null);
    }
    return read(HEAD_READER, line, ExportHead.newBuilder()).build();
  }

  /**
   * Reads any other line.
   *
   * @throws TransferException if it is none
   */
  static ExportLine line(byte[] line) {
    return read(LINE_READER, line, ExportLine.newBuilder()).build();
  }

  private static <B extends Message.Builder> B read(JsonReader reader, byte[] line, B into) {
    try {
      reader.read(line, into);
      return into;
    } catch (TranscodeException e) {
      TranscodeException.Violation first = e.violations().get(0);
      // Without a field it is about "the body" of a request.
      String what = first.field().isEmpty() ? "expected: one JSON object in UTF-8" : e.getMessage();
      throw new TransferException(what, e);
    }
  }

  private static TransferException noExport(Throwable cause) {
    return new TransferException(
        "this is no export of trackerd (expected: {\"trackerd_export\":1,…})", cause);
  }
}
