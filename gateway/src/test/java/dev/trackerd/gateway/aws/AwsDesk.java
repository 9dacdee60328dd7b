package dev.trackerd.gateway.aws;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.trackerd.gateway.Gateway;
import dev.trackerd.gateway.GatewayConfig;
import dev.trackerd.v1.CreateEventTrackerRequest;
import dev.trackerd.v1.CreateEventTrackerResponse;
import dev.trackerd.v1.DatasetServiceGrpc;
import dev.trackerd.v1.DeleteEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerRequest;
import dev.trackerd.v1.DescribeEventTrackerResponse;
import dev.trackerd.v1.ExchangeSignatureRequest;
import dev.trackerd.v1.ExchangeSignatureResponse;
import dev.trackerd.v1.ListEventTrackersRequest;
import dev.trackerd.v1.ListEventTrackersResponse;
import dev.trackerd.v1.TokenServiceGrpc;
import dev.trackerd.v1.TrackerServiceGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway on a free port and, behind it, a service that answers as it is told and remembers. */
final class AwsDesk implements AutoCloseable, ServerInterceptor {

  /** A call that the service received. */
  record Received(String rpc, Metadata metadata, Message request) {}

  final List<Received> received = new CopyOnWriteArrayList<>();
  volatile Message reply = Empty.getDefaultInstance();
  volatile StatusRuntimeException refusal;
  volatile StatusRuntimeException failure;
  volatile Runnable beforeToken = () -> {};
  private final Server server;
  private final ManagedChannel channel;
  private final Gateway gateway;

  AwsDesk() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new Tokens())
            .addService(new Trackers())
            .intercept(this)
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    GatewayConfig config =
        new GatewayConfig(
            "127.0.0.1",
            0,
            Set.of(),
            false,
            List.of(
                TrackerServiceGrpc.getServiceDescriptor(),
                DatasetServiceGrpc.getServiceDescriptor(),
                TokenServiceGrpc.getServiceDescriptor()));
    gateway = Gateway.start(config, channel);
  }

  int port() {
    return gateway.httpPort();
  }

  RawAwsClient wire() {
    return new RawAwsClient(port());
  }

  /** Returns the request for a token that came last. */
  ExchangeSignatureRequest exchanged() {
    return (ExchangeSignatureRequest) received.get(0).request();
  }

  /** Leaves the gateway without a service. */
  void stopService() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    gateway.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String rpc = call.getMethodDescriptor().getBareMethodName();
    return new SimpleForwardingServerCallListener<Q>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        received.add(new Received(rpc, headers, (Message) message));
        super.onMessage(message);
      }
    };
  }

  private final class Tokens extends TokenServiceGrpc.TokenServiceImplBase {
    @Override
    public void exchangeSignature(
        ExchangeSignatureRequest request, StreamObserver<ExchangeSignatureResponse> observer) {
      beforeToken.run();
      if (refusal != null) {
        observer.onError(refusal);
      } else {
        observer.onNext(ExchangeSignatureResponse.newBuilder().setAccessToken("t.o.k").build());
        observer.onCompleted();
      }
    }
  }

  private final class Trackers extends TrackerServiceGrpc.TrackerServiceImplBase {
    @Override
    public void createEventTracker(
        CreateEventTrackerRequest request, StreamObserver<CreateEventTrackerResponse> observer) {
      answer(observer);
    }

    @Override
    public void describeEventTracker(
        DescribeEventTrackerRequest request,
        StreamObserver<DescribeEventTrackerResponse> observer) {
      answer(observer);
    }

    @Override
    public void listEventTrackers(
        ListEventTrackersRequest request, StreamObserver<ListEventTrackersResponse> observer) {
      answer(observer);
    }

    @Override
    public void deleteEventTracker(
        DeleteEventTrackerRequest request, StreamObserver<Empty> observer) {
      answer(observer);
    }

    @SuppressWarnings("unchecked") // A test that sets a reply of another type fails by it.
    private <R extends Message> void answer(StreamObserver<R> observer) {
      if (failure != null) {
        observer.onError(failure);
      } else {
        observer.onNext((R) reply);
        observer.onCompleted();
      }
    }
  }
}
