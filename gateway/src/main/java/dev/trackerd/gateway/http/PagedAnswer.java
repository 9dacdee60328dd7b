package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.transcode.Paging;
import io.grpc.Deadline;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All pages of a method as one JSON document. Holds one page at a time: the next one is called for
 * when the client has taken the last. A failure of the first page is an ordinary answer; after that
 * the exchange cuts the document off.
 */
final class PagedAnswer {

  private final Exchange exchange;
  private final Calls calls;
  private final Paging paging;
  private final Supplier<Deadline> deadlines;
  private Gzip gzip;
  private AnswerWriter writer;
  private boolean anyItem;

  PagedAnswer(Exchange exchange, Calls calls, Paging paging, Supplier<Deadline> deadlines) {
    this.exchange = exchange;
    this.calls = calls;
    this.paging = paging;
    this.deadlines = deadlines;
  }

  /** Calls for the first page, as large as there are any; the others follow. */
  void start(Message request) {
    Message largest = paging.first(request);
    calls.start(largest, deadlines.get(), reply -> first(largest, reply));
  }

  private void first(Message request, Message reply) {
    byte[] items = items(reply);
    Optional<Message> next = paging.next(request, reply);
    if (next.isEmpty()) {
      exchange.succeed(join(paging.prefix(), items, paging.suffix(reply)), true);
    } else if (exchange.isHead()) {
      exchange.resume(() -> exchange.answer().stream(exchange.acceptsGzip()).end());
    } else {
      gzip = exchange.acceptsGzip() ? new Gzip() : null;
      byte[] piece = join(paging.prefix(), items);
      byte[] coded = gzip == null ? piece : gzip.next(piece);
      exchange.lease().hold(coded.length);
      exchange.resume(
          () -> {
            writer = exchange.answer().stream(gzip != null);
            write(coded, next.get());
          });
    }
  }

  private void write(byte[] piece, Message next) {
    if (exchange.isOver()) {
      return;
    }
    writer.write(
        piece,
        () -> {
          exchange.lease().hold(0);
          // Not here: the outcome may come at once, and there may be many pages.
          exchange.later(() -> follow(next));
        });
  }

  private void follow(Message request) {
    calls.start(request, deadlines.get(), reply -> page(request, reply));
  }

  private void page(Message request, Message reply) {
    byte[] items = items(reply);
    Optional<Message> next = paging.next(request, reply);
    if (next.isPresent()) {
      byte[] coded = gzip == null ? items : gzip.next(items);
      exchange.lease().hold(coded.length);
      exchange.resume(() -> write(coded, next.get()));
    } else {
      byte[] piece = join(items, paging.suffix(reply));
      byte[] coded = gzip == null ? piece : gzip.last(piece);
      exchange.lease().hold(coded.length);
      exchange.resume(() -> writer.end(coded));
    }
  }

  private byte[] items(Message reply) {
    byte[] items = paging.items(reply, anyItem);
    anyItem |= items.length > 0;
    return items;
  }

  private static byte[] join(byte[]... pieces) {
    ByteBuffer joined =
        ByteBuffer.allocate(Arrays.stream(pieces).mapToInt(piece -> piece.length).sum());
    for (byte[] piece : pieces) {
      joined.put(piece);
    }
    return joined.array();
  }
}
