package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.DebugInfo;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.trackerd.gateway.library.Book;
import org.junit.jupiter.api.Test;

class StatusJsonTest {

  @Test
  void print_alwaysWritesAllMembers() {
    assertThat(utf8(StatusJson.print(Status.getDefaultInstance())))
        .isEqualTo("{\"code\":0,\"message\":\"\",\"details\":[]}");
    assertThat(utf8(StatusJson.print(Status.newBuilder().setCode(5).setMessage("'näh'").build())))
        .isEqualTo("{\"code\":5,\"message\":\"'näh'\",\"details\":[]}");
  }

  @Test
  void print_writesKnownDetails() {
    Status status =
        Status.newBuilder()
            .setCode(3)
            .setMessage("m")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason("R")
                        .setDomain("d")
                        .putMetadata("k", "v")
                        .build()))
            .addDetails(
                Any.pack(
                    BadRequest.newBuilder()
                        .addFieldViolations(
                            FieldViolation.newBuilder().setField("f").setDescription("d"))
                        .build()))
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(1))
                        .build()))
            .build();

    assertThat(utf8(StatusJson.print(status)))
        .isEqualTo(
            "{\"code\":3,\"message\":\"m\",\"details\":["
                + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                + "\"reason\":\"R\",\"domain\":\"d\",\"metadata\":{\"k\":\"v\"}},"
                + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\","
                + "\"fieldViolations\":[{\"field\":\"f\",\"description\":\"d\"}]},"
                + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1s\"}]}");
  }

  @Test
  void print_dropsWhatItMustNotShowOrCannot() {
    Status status =
        Status.newBuilder()
            .addDetails(Any.pack(Book.getDefaultInstance()))
            .addDetails(Any.pack(DebugInfo.newBuilder().setDetail("stack").build()))
            .addDetails(Any.getDefaultInstance())
            .addDetails(Any.newBuilder().setTypeUrl("no slash"))
            .addDetails(
                Any.pack(ErrorInfo.getDefaultInstance()).toBuilder()
                    .setValue(ByteString.copyFromUtf8("\u0007")))
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(Duration.newBuilder().setSeconds(Long.MAX_VALUE))
                        .build()))
            .build();

    assertThat(utf8(StatusJson.print(status)))
        .isEqualTo("{\"code\":0,\"message\":\"\",\"details\":[]}");
  }
}
