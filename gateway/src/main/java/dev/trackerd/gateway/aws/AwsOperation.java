package dev.trackerd.gateway.aws;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.trackerd.gateway.call.GrpcCaller;
import dev.trackerd.gateway.json.JsonReader;
import dev.trackerd.gateway.json.JsonRules;
import dev.trackerd.gateway.json.JsonWriter;
import dev.trackerd.gateway.json.TranscodeException;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

/** An RPC as the dialect has it. Immutable and thread-safe. */
final class AwsOperation {

  private static final byte[] NO_BODY = {};

  private final MethodDescriptor<Message, Message> rpc;
  private final Message prototype;
  private final boolean silent;
  private final JsonReader reader;
  private final JsonWriter writer;

  private AwsOperation(MethodDescriptor<?, ?> rpc) {
    this.rpc = GrpcCaller.unary(rpc);
    this.prototype = prototype(rpc.getRequestMarshaller());
    Descriptor request = prototype.getDescriptorForType();
    Descriptor reply = prototype(rpc.getResponseMarshaller()).getDescriptorForType();
    Shapes.of(request);
    Shapes.of(reply);
    this.silent = reply.equals(Empty.getDescriptor());
    this.reader = JsonReader.of(request, JsonRules.AWS_JSON);
    this.writer = JsonWriter.of(reply, JsonRules.AWS_JSON);
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
    Message.Builder request = prototype.newBuilderForType();
    if (body.length > 0) {
      reader.read(body, request);
    }
    return request.build();
  }

  /**
   * Returns a reply as JSON in UTF-8; no bytes if it is {@code google.protobuf.Empty}, for none.
   */
  byte[] encode(Message reply) {
    return silent ? NO_BODY : writer.write(reply);
  }

  private static Message prototype(MethodDescriptor.Marshaller<?> marshaller) {
    if (marshaller instanceof PrototypeMarshaller<?> typed
        && typed.getMessagePrototype() instanceof Message message) {
      return message;
    }
    throw new IllegalArgumentException("its messages have no protobuf descriptor");
  }
}
