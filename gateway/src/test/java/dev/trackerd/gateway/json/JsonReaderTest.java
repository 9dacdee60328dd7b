package dev.trackerd.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Struct;
import dev.trackerd.gateway.library.Book;
import dev.trackerd.gateway.library.SearchRequest;
import dev.trackerd.v1.ListEventTrackersRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request's JSON may be is tested where requests are decoded; here is what is left. */
class JsonReaderTest {

  private static final JsonReader SEARCH =
      JsonReader.of(SearchRequest.getDescriptor(), JsonRules.PROTO_JSON);
  private static final JsonReader AWS =
      JsonReader.of(ListEventTrackersRequest.getDescriptor(), JsonRules.AWS_JSON);

  private static SearchRequest read(String json) {
    SearchRequest.Builder request = SearchRequest.newBuilder();
    SEARCH.read(json.getBytes(UTF_8), request);
    return request.build();
  }

  private static ListEventTrackersRequest aws(String json) {
    ListEventTrackersRequest.Builder request = ListEventTrackersRequest.newBuilder();
    AWS.read(json.getBytes(UTF_8), request);
    return request.build();
  }

  @Test
  void read_returnsTheFieldsThatAreGivenInTheirOrder() {
    String json = "{\"words\":[],\"text\":\"\",\"any_value\":null,\"big\":0,\"flag\":null}";

    assertThat(SEARCH.read(json.getBytes(UTF_8), SearchRequest.newBuilder()))
        .extracting(field -> field.getName())
        .containsExactly("words", "text", "big");
  }

  @Test
  void read_tellsAllFaultsUpToTen() {
    String many = "{\"words\":[" + "1,".repeat(20) + "\"end\"],\"flag\":1}";
    assertThat(catchThrowableOfType(TranscodeException.class, () -> read(many)).violations())
        .hasSize(10)
        .last()
        .isEqualTo(
            new TranscodeException.Violation("words[9]", "expected a string, found a number"));
    String nested =
        "{\"any_value\":{\"a\":[{\"b\":1,\"b\":[2,{}]},3]},\"flag\":\"x\",\"nobody\":{\"c\":[]}}";
    assertThat(catchThrowableOfType(TranscodeException.class, () -> read(nested)))
        .hasMessage(
            "any_value.a[0].b: given twice; flag: expected true or false, found a string;"
                + " nobody: unknown member");
  }

  @Test
  void read_tellsOfBrokenJsonAlone() {
    for (String broken :
        List.of("{\"flag\":1,\"count\":tru}", "{\"flag\":1", "{\"words\":[1,\"\\ud800\"]}")) {
      assertThat(catchThrowableOfType(TranscodeException.class, () -> read(broken)).violations())
          .hasSize(1)
          .extracting(TranscodeException.Violation::field)
          .containsExactly("");
    }
  }

  @Test
  void read_tellsUsersOfAwsTheFirstFault() {
    assertThat(
            catchThrowableOfType(
                TranscodeException.class, () -> aws("{\"maxResults\":\"5\",\"nextToken\":5}")))
        .hasMessage("maxResults: expected a whole number of 32 bits, found a string");
  }

  @Test
  void read_keepsTheSignOfZero() {
    assertThat(Math.copySign(1, read("{\"weight\":-0.0}").getWeight())).isEqualTo(-1);
    assertThat(Math.copySign(1, read("{\"ratio\":\"-0\"}").getRatio())).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"left":"a","right":"b"}      | right: another member of choice is given as well
          {"left":null,"right":"b"}     |
          {"left":"a","right":null}     |
          {"anyValue":null}             |
          {"boxed":null,"packed":null}  |
          """)
  void read_takesNullForAbsent(String json, String error) {
    TranscodeException failure = catchThrowableOfType(TranscodeException.class, () -> read(json));
    assertThat(failure == null ? null : failure.getMessage()).isEqualTo(error);
  }

  @Test
  void read_ofTheNullThatIsAValueSetsIt() {
    assertThat(read("{\"anyValue\":null}").getAnyValue().hasNullValue()).isTrue();
    assertThat(read("{\"values\":[null]}").getValues(0).hasNullValue()).isTrue();
    assertThat(read("{\"object\":{\"a\":null}}").getObject().getFieldsOrThrow("a").hasNullValue())
        .isTrue();
    assertThat(read("{\"object\":null}").hasObject()).isFalse();
  }

  @Test
  void read_ofAStructOrAnArrayFillsTheBuilderGiven() {
    Struct.Builder struct = Struct.newBuilder();
    JsonReader.of(Struct.getDescriptor(), JsonRules.PROTO_JSON)
        .read("{\"a\":{\"b\":[1]}}".getBytes(UTF_8), struct);
    assertThat(struct.getFieldsOrThrow("a").getStructValue().getFieldsOrThrow("b"))
        .hasToString("list_value {\n  values {\n    number_value: 1.0\n  }\n}\n");

    Book.Builder book = Book.newBuilder().setTitle("t");
    JsonReader.ofArray(Book.getDescriptor().findFieldByName("tags"), JsonRules.PROTO_JSON)
        .read("[\"x\",\"y\"]".getBytes(UTF_8), book);
    assertThat(book.build())
        .isEqualTo(Book.newBuilder().setTitle("t").addTags("x").addTags("y").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"maxResults":5}        | 5
          {"maxResults":5.0}      | 5
          {"maxResults":5e0}      | 5
          {"maxResults":null}     | 0
          {"MaxResults":6,"x":{"a":[{}]},"maxResults":5}  | 5
          {"max_results":6,"max_results":7}               | max_results: given twice
          {"maxResults":"5"}      | maxResults: expected a whole number of 32 bits, found a string
          {"maxResults":5.5}      | maxResults: expected a whole number of 32 bits
          {"maxResults":5,"maxResults":5}  | maxResults: given twice
          {"nextToken":5}         | nextToken: expected a string, found a number
          []                      | The body must be a JSON object
          """)
  void read_ofAwsTakesNumbersForNumbers(String json, String expected) {
    String found;
    try {
      found = Integer.toString(aws(json).getMaxResults());
    } catch (TranscodeException e) {
      found = e.getMessage();
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void read_ofAwsPassesOverProtoNames() {
    assertThat(aws("{\"max_results\":6}")).isEqualTo(ListEventTrackersRequest.getDefaultInstance());
  }

  /** Each is named as the other is in JSON. */
  @Test
  void read_ofNamesThatCrossGoesByTheJsonName() throws Exception {
    DescriptorProto.Builder swapped =
        DescriptorProto.newBuilder()
            .setName("Swapped")
            .addField(text("a", "b", 1))
            .addField(text("b", "a", 2))
            .addField(text("c_d", "cD", 3));
    Descriptor type =
        FileDescriptor.buildFrom(
                FileDescriptorProto.newBuilder()
                    .setName("swapped.proto")
                    .addMessageType(swapped)
                    .build(),
                new FileDescriptor[0])
            .findMessageTypeByName("Swapped");
    DynamicMessage.Builder read = DynamicMessage.newBuilder(type);

    JsonReader.of(type, JsonRules.PROTO_JSON)
        .read("{\"a\":\"x\",\"b\":\"y\",\"c_d\":\"z\"}".getBytes(UTF_8), read);

    assertThat(read.build()).hasToString("a: \"y\"\nb: \"x\"\nc_d: \"z\"\n");
  }

  private static FieldDescriptorProto text(String name, String jsonName, int number) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setJsonName(jsonName)
        .setNumber(number)
        .setType(FieldDescriptorProto.Type.TYPE_STRING)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }
}
