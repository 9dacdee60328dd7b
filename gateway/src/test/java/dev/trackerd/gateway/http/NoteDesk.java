package dev.trackerd.gateway.http;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.trackerd.gateway.desk.CreateNoteRequest;
import dev.trackerd.gateway.desk.DeskServiceGrpc;
import dev.trackerd.gateway.desk.GetNoteRequest;
import dev.trackerd.gateway.desk.ListNotesRequest;
import dev.trackerd.gateway.desk.ListNotesResponse;
import dev.trackerd.gateway.desk.Note;
import dev.trackerd.gateway.desk.OpenRequest;
import dev.trackerd.gateway.desk.OpenResponse;
import dev.trackerd.gateway.desk.UpdateNoteRequest;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The made-up service: a note's id says what comes of asking for it, the key "again" that it was
 * answered before. Remembers what it was sent.
 */
final class NoteDesk extends DeskServiceGrpc.DeskServiceImplBase implements ServerInterceptor {

  private static final Context.Key<Metadata> METADATA = Context.key("metadata");

  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

  /** What arrived with a call. */
  record Arrival(Metadata metadata, long deadlineMillis) {
    String header(String name) {
      return metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
  }

  final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger pages = new AtomicInteger();
  volatile int pageCount = 1;
  volatile int failingPage = -1;
  volatile int waitingPage = -1;
  volatile String pageText = "text";

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return Contexts.interceptCall(
        Context.current().withValue(METADATA, headers),
        "again".equals(headers.get(KEY)) ? replayed(call) : call,
        headers,
        next);
  }

  private static <Q, R> ServerCall<Q, R> replayed(ServerCall<Q, R> call) {
    return new SimpleForwardingServerCall<>(call) {
      @Override
      public void sendHeaders(Metadata sent) {
        sent.put(Metadata.Key.of("idempotent-replayed", Metadata.ASCII_STRING_MARSHALLER), "true");
        super.sendHeaders(sent);
      }
    };
  }

  @Override
  public void getNote(GetNoteRequest request, StreamObserver<Note> reply) {
    arrived();
    String id = request.getNoteId();
    if (id.equals("wait")) {
      awaitCancel(reply);
    } else if (id.equals("busy")) {
      reply.onError(StatusProto.toStatusRuntimeException(busy()));
    } else if (id.startsWith("code-")) {
      io.grpc.Status.Code code = io.grpc.Status.Code.valueOf(id.substring(5));
      reply.onError(code.toStatus().withDescription("the desk says no").asRuntimeException());
    } else {
      answer(reply, Note.newBuilder().setId(id).setText("text of " + id).build());
    }
  }

  @Override
  public void createNote(CreateNoteRequest request, StreamObserver<Note> reply) {
    arrived();
    if (request.getNote().getText().startsWith("wait")) {
      awaitCancel(reply);
    } else {
      answer(reply, request.getNote());
    }
  }

  @Override
  public void updateNote(UpdateNoteRequest request, StreamObserver<Note> reply) {
    arrived();
    answer(reply, request.getNote().toBuilder().setId(request.getNoteId()).build());
  }

  @Override
  public void deleteNote(GetNoteRequest request, StreamObserver<Note> reply) {
    arrived();
    answer(reply, Note.getDefaultInstance());
  }

  @Override
  public void listNotes(ListNotesRequest request, StreamObserver<ListNotesResponse> reply) {
    arrived();
    pages.incrementAndGet();
    int page = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    if (page == waitingPage) {
      awaitCancel(reply);
      return;
    }
    if (page == failingPage) {
      reply.onError(io.grpc.Status.UNAVAILABLE.withDescription("lost").asRuntimeException());
      return;
    }
    ListNotesResponse.Builder notes =
        ListNotesResponse.newBuilder()
            .addNotes(Note.newBuilder().setId(Integer.toString(page)).setText(pageText));
    if (page + 1 < pageCount) {
      notes.setNextPageToken(Integer.toString(page + 1));
    }
    answer(reply, notes.build());
  }

  @Override
  public void open(OpenRequest request, StreamObserver<OpenResponse> reply) {
    arrived();
    answer(reply, OpenResponse.newBuilder().setSecret("s".repeat(1_000)).build());
  }

  /** Returns the next call's surroundings; waits for it. */
  Arrival arrival() throws InterruptedException {
    Arrival arrival = arrivals.poll(10, TimeUnit.SECONDS);
    if (arrival == null) {
      throw new AssertionError("no call arrived");
    }
    return arrival;
  }

  private void arrived() {
    calls.incrementAndGet();
    long millis = Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS);
    arrivals.add(new Arrival(METADATA.get(), millis));
  }

  private void awaitCancel(StreamObserver<?> reply) {
    ((ServerCallStreamObserver<?>) reply).setOnCancelHandler(() -> cancelled.complete(null));
  }

  private static Status busy() {
    RetryInfo retry =
        RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setNanos(200_000_000)).build();
    return Status.newBuilder()
        .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
        .setMessage("one at a time")
        .addDetails(Any.pack(retry))
        .build();
  }

  private static <R> void answer(StreamObserver<R> reply, R message) {
    reply.onNext(message);
    reply.onCompleted();
  }
}
