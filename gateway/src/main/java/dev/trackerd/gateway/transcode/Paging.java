package dev.trackerd.gateway.transcode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.Type;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.trackerd.gateway.json.JsonPieces;
import dev.trackerd.gateway.json.JsonWriter;
import dev.trackerd.gateway.json.TranscodeException;
import java.util.List;
import java.util.Optional;

/**
 * Walks the pages of a method (AIP-158) and writes them as one JSON document: {@link #prefix},
 * {@link #items} of each page, {@link #suffix} of the last. Immutable and thread-safe.
 *
 * <p>A method has pages if the query may fill its request's {@code int32 page_size} and {@code
 * string page_token}, and its response has a {@code string next_page_token} and one repeated field
 * of messages.
 */
public final class Paging {
  private final FieldDescriptor size;
  private final FieldDescriptor token;
  private final FieldDescriptor nextToken;
  private final JsonPieces pieces;
  private final boolean bare;

  private Paging(MethodDescriptor method, JsonPieces pieces, boolean bare) {
    this.size = method.getInputType().findFieldByName("page_size");
    this.token = method.getInputType().findFieldByName("page_token");
    this.nextToken = method.getOutputType().findFieldByName("next_page_token");
    this.pieces = pieces;
    this.bare = bare;
  }

  static Optional<Paging> compile(
      MethodDescriptor method, RequestQuery query, JsonWriter writer, FieldDescriptor part) {
    List<FieldDescriptor> repeated =
        method.getOutputType().getFields().stream().filter(Paging::isMessages).toList();
    boolean pages =
        has(method.getInputType(), "page_size", Type.INT32)
            && has(method.getInputType(), "page_token", Type.STRING)
            && has(method.getOutputType(), "next_page_token", Type.STRING)
            && repeated.size() == 1;
    if (!pages || part != null && part != repeated.get(0)) {
      return Optional.empty();
    }
    Paging paging = new Paging(method, writer.pieces(repeated.get(0)), part != null);
    boolean free = query.fills(paging.size) && query.fills(paging.token);
    return free ? Optional.of(paging) : Optional.empty();
  }

  private static boolean isMessages(FieldDescriptor field) {
    return field.isRepeated() && !field.isMapField() && field.getType() == Type.MESSAGE;
  }

  private static boolean has(Descriptor message, String name, Type type) {
    FieldDescriptor field = message.findFieldByName(name);
    return field != null && field.getType() == type && !field.isRepeated();
  }

  /**
   * Returns whether the query asks for one page by {@code pageSize} or {@code pageToken}.
   *
   * @param rawQuery as for {@link HttpBinding#decode}
   * @throws TranscodeException if it is malformed
   */
  public boolean isAskedFor(String rawQuery) {
    return QueryString.parse(rawQuery).stream()
        .anyMatch(parameter -> parameter.names(size) || parameter.names(token));
  }

  /** Returns how the document begins: {@code {"trackers":[}. */
  public byte[] prefix() {
    return bare ? new byte[] {'['} : pieces.head();
  }

  /**
   * Returns a page's items, separated by commas; empty if it has none.
   *
   * @param before whether an item was written before, so that a comma must come first
   */
  public byte[] items(Message reply, boolean before) {
    return pieces.elements(reply, before);
  }

  /** Returns how the document ends: the other fields as the last page has them. */
  public byte[] suffix(Message lastReply) {
    return bare ? new byte[] {']'} : pieces.tail(lastReply);
  }

  /**
   * Returns the request for the first of all pages: the largest that the service has, because a
   * service makes what is too much its maximum (AIP-158).
   */
  public Message first(Message request) {
    return request.toBuilder().setField(size, Integer.MAX_VALUE).build();
  }

  /**
   * Returns the request for the page that follows, or empty after the last one.
   *
   * @param request that of the page before
   * @param reply the answer to it
   * @throws IllegalStateException if that page is the same again: it would never end
   */
  public Optional<Message> next(Message request, Message reply) {
    String next = (String) reply.getField(nextToken);
    if (!next.isEmpty() && next.equals(request.getField(token))) {
      String type = reply.getDescriptorForType().getFullName();
      throw new IllegalStateException(type + " leads to the page that it is");
    }
    return next.isEmpty()
        ? Optional.empty()
        : Optional.of(request.toBuilder().setField(token, next).build());
  }
}
