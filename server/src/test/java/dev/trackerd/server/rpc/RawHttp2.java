package dev.trackerd.server.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;

/** A client that writes HTTP/2 frames by itself (RFC 9113), to do what no library would. */
final class RawHttp2 implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int MAX_FRAME = 16 << 10;
  private static final int INITIAL_WINDOW_SIZE = 4;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private int stream = -1;

  /** A frame as it came. */
  record Frame(int type, int flags, int stream, byte[] payload) {}

  /**
   * Connects.
   *
   * @param window how many bytes of each answer the server may send
   */
  RawHttp2(int port, int window) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    ByteArrayOutputStream settings = new ByteArrayOutputStream();
    DataOutputStream setting = new DataOutputStream(settings);
    setting.writeShort(INITIAL_WINDOW_SIZE);
    setting.writeInt(window);
    frame(SETTINGS, 0, 0, settings.toByteArray());
    out.flush();
    while (read().type() != SETTINGS) {
      // The server's windows are open once its settings were acknowledged.
    }
    frame(SETTINGS, ACK, 0, new byte[0]);
  }

  /** Begins a call of gRPC and returns its stream. */
  int begin(String method, Map<String, String> metadata) throws IOException {
    stream += 2;
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    header(block, ":method", "POST");
    header(block, ":scheme", "http");
    header(block, ":path", "/" + method);
    header(block, ":authority", "localhost");
    header(block, "content-type", "application/grpc");
    header(block, "te", "trailers");
    metadata.forEach((name, value) -> header(block, name, value));
    frame(HEADERS, END_HEADERS, stream, block.toByteArray());
    return stream;
  }

  /** Sends the messages of a call in one frame, and ends the request. */
  void finish(int ofStream, byte[]... messages) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    DataOutputStream prefixed = new DataOutputStream(data);
    for (byte[] message : messages) {
      prefixed.writeByte(0);
      prefixed.writeInt(message.length);
      prefixed.write(message);
    }
    frame(DATA, END_STREAM, ofStream, data.toByteArray());
  }

  /** Makes a whole call. */
  void call(String method, Map<String, String> metadata, byte[] message) throws IOException {
    finish(begin(method, metadata), message);
  }

  /** Sends the head of a message and as many bytes of it, and says that more come. */
  void half(int ofStream, int bytes) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    DataOutputStream prefixed = new DataOutputStream(data);
    prefixed.writeByte(0);
    prefixed.writeInt(bytes + 1);
    prefixed.write(new byte[bytes]);
    byte[] all = data.toByteArray();
    for (int sent = 0; sent < all.length; sent += MAX_FRAME) {
      int end = Math.min(all.length, sent + MAX_FRAME);
      frame(DATA, 0, ofStream, Arrays.copyOfRange(all, sent, end));
    }
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Waits for the next frame. */
  Frame read() throws IOException {
    int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int of = in.readInt();
    return new Frame(type, flags, of, in.readNBytes(length));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void frame(int type, int flags, int of, byte[] payload) throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(of);
    out.write(payload);
  }

  /** A literal that enters no table (RFC 7541, 6.2.2). */
  private static void header(ByteArrayOutputStream block, String name, String value) {
    block.write(0);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    if (text.length() > 126) {
      throw new IllegalArgumentException("longer than one byte can say");
    }
    block.write(text.length());
    block.writeBytes(text.getBytes(US_ASCII));
  }
}
