package dev.trackerd.server.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP/2 connection that sends whatever frames it is told to (RFC 9113), and reads what comes.
 * It takes no DATA that it has not made room for. One thread may read while another one sends.
 */
final class FrameConnection implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  private static final int PRIORITY = 0x20;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int DEFAULT_WINDOW = 65_535;
  private static final int MAX_FRAME = 16_384;
  private static final int ACK = 1;

  private final Map<Integer, Semaphore> windows = new ConcurrentHashMap<>();
  private int ended;
  private int streamWindow = DEFAULT_WINDOW;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  private FrameConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** What came: a frame with its stream; headers are read already. */
  record Frame(int type, int flags, int stream, byte[] payload, Map<String, String> headers) {
    /** Whether nothing more comes of its stream. */
    boolean endsStream() {
      return type == RST_STREAM || ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0);
    }
  }

  /** Connects and says that each stream may bring so many bytes. Reads time out after a minute. */
  static FrameConnection open(int port, int window) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    FrameConnection connection = new FrameConnection(socket);
    connection.out.writeBytes(PREFACE);
    byte[] settings =
        ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array();
    connection.write(SETTINGS, 0, 0, settings);
    connection.flush();
    connection.read().ifPresent(first -> connection.streamWindow = streamWindow(first));
    return connection;
  }

  /** The first frame of a server is SETTINGS (RFC 9113, 3.4): what it says of windows. */
  private static int streamWindow(Frame settings) {
    ByteBuffer pairs = ByteBuffer.wrap(settings.payload());
    int window = DEFAULT_WINDOW;
    while (pairs.remaining() >= 6) {
      boolean isWindow = pairs.getShort() == INITIAL_WINDOW_SIZE;
      int value = pairs.getInt();
      window = isWindow ? value : window;
    }
    return window;
  }

  /** Writes a frame; {@link #flush} sends it. */
  synchronized void write(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  synchronized void flush() throws IOException {
    out.flush();
  }

  /** Writes and sends one frame. */
  void send(int type, int flags, int stream, byte[] payload) throws IOException {
    write(type, flags, stream, payload);
    flush();
  }

  /** Writes the rest of a stream, in DATA frames of 16 KiB at most. */
  void write(byte[] data, int stream) throws IOException {
    int last = Math.max(0, (data.length - 1) / MAX_FRAME * MAX_FRAME);
    for (int from = 0; from <= last; from += MAX_FRAME) {
      byte[] part = Arrays.copyOfRange(data, from, Math.min(from + MAX_FRAME, data.length));
      write(DATA, from == last ? END_STREAM : 0, stream, part);
    }
  }

  /**
   * Writes DATA once the other side has room for it, which takes a thread that reads.
   *
   * @throws IOException if there is no room for 10 seconds
   */
  void writeWithinWindows(int stream, byte[] data) throws IOException, InterruptedException {
    for (int of : new int[] {0, stream}) {
      if (!window(of).tryAcquire(data.length)) {
        flush();
        if (!window(of).tryAcquire(data.length, 10, TimeUnit.SECONDS)) {
          throw new IOException("no room in window " + of);
        }
      }
    }
    write(DATA, 0, stream, data);
  }

  private Semaphore window(int stream) {
    int initial = stream == 0 ? DEFAULT_WINDOW : streamWindow;
    return windows.computeIfAbsent(stream, any -> new Semaphore(initial));
  }

  /** A message as gRPC frames it; the flag is 1 for a compressed one. */
  static byte[] message(int flag, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(message.length)
        .put(message)
        .array();
  }

  /**
   * The next frame; empty once the other side has closed. Acknowledges SETTINGS and PINGs, as the
   * living do.
   */
  Optional<Frame> read() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt() & Integer.MAX_VALUE;
      byte[] payload = in.readNBytes(length);
      if (type == WINDOW_UPDATE) {
        window(stream).release(ByteBuffer.wrap(payload).getInt());
      }
      boolean toAcknowledge = (type == SETTINGS || type == PING) && (flags & ACK) == 0;
      if (toAcknowledge) {
        send(type, ACK, 0, type == PING ? payload : new byte[0]);
      }
      Map<String, String> headers = type == HEADERS ? headers(flags, stream, payload) : Map.of();
      return Optional.of(new Frame(type, flags, stream, payload, headers));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads until so many streams have ended, and returns their last headers, by stream; a stream
   * that was reset has {@code reset} among them, with the error's code. Fewer if the other side
   * closes.
   */
  Map<Integer, Map<String, String>> readEnds(int count) throws IOException {
    Map<Integer, Map<String, String>> ends = new HashMap<>();
    while (ends.size() < count) {
      Optional<Frame> next = read();
      if (next.isEmpty()) {
        return ends;
      }
      Frame frame = next.get();
      if (frame.type() == DATA && frame.payload().length > 0) {
        grant(0, frame.payload().length);
        grant(frame.stream(), frame.payload().length);
      }
      if (frame.endsStream()) {
        String code =
            frame.type() == RST_STREAM ? "" + ByteBuffer.wrap(frame.payload()).getInt() : "";
        ends.put(frame.stream(), code.isEmpty() ? frame.headers() : Map.of("reset", code));
      }
    }
    return ends;
  }

  /** Whether among the frames that are here already is the end of a stream, or of all. */
  boolean hasEnded(int stream) throws IOException {
    while (in.available() > 0) {
      Optional<Frame> next = read();
      if (next.map(f -> f.type() == GOAWAY || f.stream() == stream && f.endsStream())
          .orElse(true)) {
        return true;
      }
    }
    return false;
  }

  /** The headers, among those that are here already, of answers that are refusals. */
  List<Map<String, String>> refusals() throws IOException {
    List<Map<String, String>> refusals = new ArrayList<>();
    while (in.available() > 0) {
      read()
          .map(Frame::headers)
          .filter(
              h -> h.containsKey("grpc-status") || h.getOrDefault(":status", "").startsWith("5"))
          .ifPresent(refusals::add);
    }
    return refusals;
  }

  /**
   * How many streams have ended by what is here already; all of them if the other side has closed.
   */
  int endsSoFar() throws IOException {
    while (in.available() > 0) {
      Optional<Frame> next = read();
      ended += next.filter(Frame::endsStream).isPresent() ? 1 : 0;
    }
    return ended;
  }

  /** Makes room for so many bytes more, of a stream or, as stream 0, of the connection. */
  void grant(int stream, int bytes) throws IOException {
    send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  /** Closes without a word. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Map<String, String> headers(int flags, int stream, byte[] payload) throws IOException {
    ByteBuf block = Unpooled.wrappedBuffer(payload);
    block.skipBytes((flags & PRIORITY) == 0 ? 0 : 5);
    try {
      Map<String, String> headers = new HashMap<>();
      decoder
          .decodeHeaders(stream, block)
          .forEach(header -> headers.put(header.getKey().toString(), header.getValue().toString()));
      return headers;
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }
}
