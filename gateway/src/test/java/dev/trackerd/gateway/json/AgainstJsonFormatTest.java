package dev.trackerd.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.trackerd.gateway.library.SearchRequest;
import dev.trackerd.gateway.library.SearchResponse;
import dev.trackerd.v1.DescribeEventTrackerResponse;
import dev.trackerd.v1.ListResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random messages through this room and through JsonFormat, the reference for Java. */
class AgainstJsonFormatTest {
  private static final int ROUNDS = 1_000;

  static List<Message> types() {
    return List.of(
        SearchRequest.getDefaultInstance(),
        SearchResponse.getDefaultInstance(),
        ListResponse.getDefaultInstance(),
        DescribeEventTrackerResponse.getDefaultInstance());
  }

  private static JsonWriter sparse(Descriptor type) {
    return JsonWriter.of(type, Set.of(), TypeRegistry.getEmptyTypeRegistry());
  }

  @ParameterizedTest
  @MethodSource("types")
  void write_isReadByJsonFormat(Message type) throws Exception {
    JsonWriter sparse = sparse(type.getDescriptorForType());
    JsonWriter full = JsonWriter.of(type.getDescriptorForType(), JsonRules.PROTO_JSON);
    RandomMessages messages = new RandomMessages(1);
    for (int round = 0; round < ROUNDS; round++) {
      Message message = messages.fill(type.newBuilderForType(), 0);
      for (JsonWriter writer : List.of(sparse, full)) {
        Message.Builder read = type.newBuilderForType();
        JsonFormat.parser().merge(new String(writer.write(message), UTF_8), read);
        assertThat(read.build()).isEqualTo(message);
      }
    }
  }

  /** The same members in the same order; numbers may be spelt otherwise. */
  @ParameterizedTest
  @MethodSource("types")
  void write_hasTheMembersOfJsonFormat(Message type) throws Exception {
    JsonWriter writer = sparse(type.getDescriptorForType());
    RandomMessages messages = new RandomMessages(2);
    for (int round = 0; round < ROUNDS; round++) {
      Message message = messages.fill(type.newBuilderForType(), 0);
      String expected = JsonFormat.printer().print(message);
      assertThat(spelt(new String(writer.write(message), UTF_8))).isEqualTo(spelt(expected));
    }
  }

  private static String spelt(String json) throws InvalidProtocolBufferException {
    Struct.Builder struct = Struct.newBuilder();
    JsonFormat.parser().merge(json, struct);
    return JsonFormat.printer().print(struct);
  }

  @ParameterizedTest
  @MethodSource("types")
  void read_takesWhatJsonFormatWrites(Message type) throws Exception {
    JsonReader reader = JsonReader.of(type.getDescriptorForType(), JsonRules.PROTO_JSON);
    RandomMessages messages = new RandomMessages(3);
    for (int round = 0; round < ROUNDS; round++) {
      Message message = messages.fill(type.newBuilderForType(), 0);
      for (JsonFormat.Printer printer :
          List.of(JsonFormat.printer(), JsonFormat.printer().preservingProtoFieldNames())) {
        Message.Builder read = type.newBuilderForType();
        reader.read(printer.print(message).getBytes(UTF_8), read);
        assertThat(read.build()).isEqualTo(message);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void read_takesWhatIsWritten(Message type) {
    JsonReader reader = JsonReader.of(type.getDescriptorForType(), JsonRules.PROTO_JSON);
    JsonWriter writer = JsonWriter.of(type.getDescriptorForType(), JsonRules.PROTO_JSON);
    RandomMessages messages = new RandomMessages(4);
    for (int round = 0; round < ROUNDS; round++) {
      Message message = messages.fill(type.newBuilderForType(), 0);
      Message.Builder read = type.newBuilderForType();
      reader.read(writer.write(message), read);
      assertThat(read.build()).isEqualTo(message);
    }
  }

  /** As of a service that describes itself: the well-known types are not the generated ones. */
  @Test
  void descriptorsThatNothingWasGeneratedFrom_areServedTheSame() throws Exception {
    Descriptor type =
        rebuilt(SearchRequest.getDescriptor().getFile(), new HashMap<>())
            .findMessageTypeByName("SearchRequest");
    JsonReader reader = JsonReader.of(type, JsonRules.PROTO_JSON);
    JsonWriter writer = JsonWriter.of(type, JsonRules.PROTO_JSON);
    JsonWriter generated = JsonWriter.of(SearchRequest.getDescriptor(), JsonRules.PROTO_JSON);
    RandomMessages messages = new RandomMessages(5);
    for (int round = 0; round < ROUNDS; round++) {
      Message message = messages.fill(SearchRequest.newBuilder(), 0);
      byte[] json = generated.write(message);
      DynamicMessage.Builder read = DynamicMessage.newBuilder(type);
      reader.read(json, read);
      assertThat(SearchRequest.parseFrom(read.build().toByteString())).isEqualTo(message);
      assertThat(writer.write(DynamicMessage.parseFrom(type, message.toByteString())))
          .asString(UTF_8)
          .isEqualTo(new String(json, UTF_8));
    }
  }

  private static FileDescriptor rebuilt(FileDescriptor file, Map<String, FileDescriptor> done)
      throws DescriptorValidationException {
    FileDescriptor known = done.get(file.getName());
    if (known != null) {
      return known;
    }
    FileDescriptor[] imports = new FileDescriptor[file.getDependencies().size()];
    for (int i = 0; i < imports.length; i++) {
      imports[i] = rebuilt(file.getDependencies().get(i), done);
    }
    FileDescriptor made = FileDescriptor.buildFrom(file.toProto(), imports);
    done.put(file.getName(), made);
    return made;
  }
}
