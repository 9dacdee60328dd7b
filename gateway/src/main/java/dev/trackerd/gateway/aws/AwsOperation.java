package dev.trackerd.gateway.aws;

import com.google.protobuf.Message;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.transcode.TranscodeException;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

/** An RPC as the dialect has it. Immutable and thread-safe. */
final class AwsOperation {

  private final MethodDescriptor<Message, Message> rpc;
  private final RequestReader requests;
  private final ReplyWriter replies;

  private AwsOperation(MethodDescriptor<?, ?> rpc) {
    this.rpc = GrpcCaller.unary(rpc);
    this.requests = RequestReader.of(prototype(rpc.getRequestMarshaller()));
    this.replies = ReplyWriter.of(prototype(rpc.getResponseMarshaller()).getDescriptorForType());
  }

  static AwsOperation of(MethodDescriptor<?, ?> rpc) {
    try {
      return new AwsOperation(rpc);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(rpc.getFullMethodName() + ": " + e.getMessage(), e);
    }
  }

  /** Returns the RPC. */
  MethodDescriptor<Message, Message> rpc() {
    return rpc;
  }

  /**
   * Reads a request. No bytes are an empty object, {@code null} is an absent member, unknown
   * members are passed over.
   *
   * @throws TranscodeException if it is no JSON object or a member has another type
   */
  Message decode(byte[] body) {
    return requests.read(body);
  }

  /** Returns a reply as JSON in UTF-8; no bytes if its type has no fields. */
  byte[] encode(Message reply) {
    return replies.write(reply);
  }

  private static Message prototype(MethodDescriptor.Marshaller<?> marshaller) {
    if (marshaller instanceof PrototypeMarshaller<?> typed
        && typed.getMessagePrototype() instanceof Message message) {
      return message;
    }
    throw new IllegalArgumentException("its messages have no protobuf descriptor");
  }
}
