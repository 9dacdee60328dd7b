package dev.trackerd.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.RetryInfo;
import dev.trackerd.gateway.library.Author;
import dev.trackerd.gateway.library.Book;
import dev.trackerd.gateway.library.SearchRequest;
import dev.trackerd.v1.DescribeEventTrackerResponse;
import dev.trackerd.v1.EventTracker;
import dev.trackerd.v1.ListEventTrackersResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {

  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(SearchRequest.getDescriptor())
          .add(Duration.getDescriptor())
          .add(Struct.getDescriptor())
          .add(Int64Value.getDescriptor())
          .build();

  private static String sparse(Message message) {
    JsonWriter writer = JsonWriter.of(message.getDescriptorForType(), Set.of(), TYPES);
    return new String(writer.write(message), UTF_8);
  }

  private static String aws(Message message) {
    JsonWriter writer = JsonWriter.of(message.getDescriptorForType(), JsonRules.AWS_JSON);
    return new String(writer.write(message), UTF_8);
  }

  @Test
  void write_spellsScalars() {
    SearchRequest request =
        SearchRequest.newBuilder()
            .setFlag(true)
            .setCount(Integer.MIN_VALUE)
            .setBig(Long.MIN_VALUE)
            .setNatural(-1)
            .setHuge(-1)
            .setRatio(0.1f)
            .setWeight(-0.0)
            .setData(ByteString.fromHex("fbff00"))
            .setGenreValue(9)
            .addGenresValue(2)
            .addGenresValue(-7)
            .setMaybe(0)
            .setNothing(NullValue.NULL_VALUE)
            .setRight("")
            .setShortName("s")
            .build();

    assertThat(sparse(request))
        .isEqualTo(
            "{\"flag\":true,\"count\":-2147483648,\"big\":\"-9223372036854775808\","
                + "\"natural\":4294967295,\"huge\":\"18446744073709551615\",\"ratio\":0.1,"
                + "\"weight\":-0.0,\"data\":\"+/8A\",\"genre\":9,\"genres\":[\"POETRY\",-7],"
                + "\"right\":\"\",\"maybe\":0,\"alias\":\"s\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "5, 5",
    "-5, -5",
    "1700000000.123, 1700000000.123",
    "1.7E9, 1700000000",
    "1E20, 100000000000000000000",
    "1E21, 1.0E21",
    "0.0000001, 0.0000001",
    "0.00000001, 1.0E-8",
    "16777217, 16777217",
    "123456789012345680, 123456789012345680"
  })
  void write_hasNoExponentWhereNobodyNeedsOne(double value, String json) {
    SearchRequest request = SearchRequest.newBuilder().setWeight(value).build();

    assertThat(sparse(request)).isEqualTo(value == 0 ? "{}" : "{\"weight\":" + json + "}");
    assertThat(sparse(Value.newBuilder().setNumberValue(value).build())).isEqualTo(json);
  }

  /** A service may put anything into a mask. */
  @Test
  void write_escapesWhatNoPathShouldHave() {
    SearchRequest request =
        SearchRequest.newBuilder()
            .setReadMask(FieldMask.newBuilder().addPaths("a_b").addPaths("\",ä"))
            .build();

    assertThat(sparse(request)).isEqualTo("{\"readMask\":\"aB,\\\",ä\"}");
  }

  @Test
  void write_writesMapsInTheirOrder() {
    SearchRequest request =
        SearchRequest.newBuilder()
            .putLimits("b\"", 1)
            .putLimits("", 0)
            .putPeople(-1, Author.newBuilder().setName("n").build())
            .putPeople(0, Author.getDefaultInstance())
            .build();

    assertThat(sparse(request))
        .isEqualTo(
            "{\"limits\":{\"b\\\"\":1,\"\":0},\"people\":{\"-1\":{\"name\":\"n\"},\"0\":{}}}");
  }

  @Test
  void write_writesWhatAnAnyHolds() throws Exception {
    Struct struct = Struct.newBuilder().putFields("a", Value.getDefaultInstance()).build();
    for (Any any :
        new Any[] {
          Any.getDefaultInstance(),
          Any.pack(SearchRequest.getDefaultInstance()),
          Any.pack(SearchRequest.newBuilder().setText("t").setBig(5).build()),
          Any.pack(Duration.newBuilder().setNanos(5_000_000).build()),
          Any.pack(struct),
          Any.pack(Int64Value.of(5)),
          Any.pack(
              SearchRequest.newBuilder()
                  .setPacked(Any.pack(SearchRequest.newBuilder().setText("inside").build()))
                  .build())
        }) {
      SearchRequest request = SearchRequest.newBuilder().setPacked(any).build();
      String expected =
          JsonFormat.printer()
              .usingTypeRegistry(TYPES)
              .omittingInsignificantWhitespace()
              .print(request);

      assertThat(sparse(request)).isEqualTo(expected);
    }
  }

  @Test
  void write_refusesWhatHasNoJsonForm() {
    for (SearchRequest.Builder request :
        new SearchRequest.Builder[] {
          SearchRequest.newBuilder().setPacked(Any.pack(RetryInfo.getDefaultInstance())),
          SearchRequest.newBuilder().setPacked(Any.newBuilder().setTypeUrl("no slash")),
          SearchRequest.newBuilder()
              .setPacked(
                  Any.pack(SearchRequest.getDefaultInstance()).toBuilder()
                      .setValue(ByteString.copyFromUtf8("\u0007"))),
          SearchRequest.newBuilder().setWithin(Duration.newBuilder().setSeconds(Long.MAX_VALUE)),
          SearchRequest.newBuilder().setAnyValue(Value.newBuilder().setNumberValue(Double.NaN)),
        }) {
      assertThatThrownBy(() -> sparse(request.build()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a reply of type library.v1.SearchRequest has no JSON form");
    }
  }

  @Test
  void write_ofAwsHasPlainNumbersAndNothingThatIsAbsent() {
    EventTracker tracker =
        EventTracker.newBuilder().setName("n").setCreationDateTime(1.554304597806E9).build();

    assertThat(aws(DescribeEventTrackerResponse.newBuilder().setEventTracker(tracker).build()))
        .contains("\"name\":\"n\"")
        .contains("\"creationDateTime\":1554304597.806,")
        .contains("\"lastUpdatedDateTime\":0");
    assertThat(aws(DescribeEventTrackerResponse.getDefaultInstance())).isEqualTo("{}");
    assertThat(aws(ListEventTrackersResponse.getDefaultInstance()))
        .isEqualTo("{\"eventTrackers\":[]}");
    assertThat(aws(Book.newBuilder().setSold(Long.MAX_VALUE).build()))
        .contains("\"sold\":9223372036854775807,");
  }
}
