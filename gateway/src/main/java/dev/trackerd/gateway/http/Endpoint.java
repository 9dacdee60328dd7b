package dev.trackerd.gateway.http;

import com.google.protobuf.Message;
import dev.trackerd.gateway.transcode.HttpBinding;
import io.grpc.MethodDescriptor;

/**
 * A rule and the method that it leads to.
 *
 * @param binding the rule
 * @param rpc the method, as gRPC calls it
 */
record Endpoint(HttpBinding binding, MethodDescriptor<Message, Message> rpc) {}
