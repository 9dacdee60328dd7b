package dev.trackerd.gateway.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends requests byte for byte, as no HTTP client would, and takes the answers apart. */
final class RawAwsClient {

  static final String TARGET = "X-Amz-Target: AmazonPersonalize.DeleteEventTracker";
  static final String TYPE = "Content-Type: application/x-amz-json-1.1";

  /** An answer; names of headers are as they were received. */
  record Answer(int status, List<Map.Entry<String, String>> headers, String body) {

    /** Returns the one header of that name, compared exactly, or null if there is none. */
    String header(String name) {
      List<String> values =
          headers.stream()
              .filter(header -> header.getKey().equalsIgnoreCase(name))
              .map(Map.Entry::getValue)
              .toList();
      if (values.size() > 1) {
        throw new AssertionError(name + " came more than once: " + values);
      }
      return values.isEmpty() ? null : values.get(0);
    }
  }

  private final int port;

  RawAwsClient(int port) {
    this.port = port;
  }

  /** Sends a request to an operation, by the book but without a signature. */
  Answer post(String operation, String body) throws IOException {
    return send("POST / HTTP/1.1", List.of("X-Amz-Target: " + operation, TYPE), body);
  }

  /** Sends a request with {@code Host}, {@code Content-Length} and further headers. */
  Answer send(String line, List<String> headers, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    List<String> all = new ArrayList<>(headers);
    all.add("Content-Length: " + bytes.length);
    return raw(line, all, bytes);
  }

  /** Sends a request with {@code Host} and further headers; header bytes are ISO 8859-1. */
  Answer raw(String line, List<String> headers, byte[] body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      String head = line + "\r\nHost: here:" + port + "\r\n" + String.join("\r\n", headers);
      request.writeBytes((head + (headers.isEmpty() ? "" : "\r\n") + "\r\n").getBytes(ISO_8859_1));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      return read(new DataInputStream(socket.getInputStream()), line.startsWith("HEAD "));
    }
  }

  private static Answer read(DataInputStream in, boolean bodiless) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    Answer head = new Answer(status, List.copyOf(headers), "");
    int length = bodiless ? 0 : Integer.parseInt(head.header("Content-Length"));
    return new Answer(status, head.headers(), new String(in.readNBytes(length), UTF_8));
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
