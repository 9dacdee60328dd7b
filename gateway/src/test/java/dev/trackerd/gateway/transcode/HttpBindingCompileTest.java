package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.compile;
import static dev.trackerd.gateway.transcode.TestBindings.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.trackerd.gateway.library.Book;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a rule is said when it is compiled, not when it is called. */
class HttpBindingCompileTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          Search     | GET     | /{x}          | -       | - | path names x, no such field
          Search     | GET     | /{author.x}   | -       | - | path names author.x, no such field
          Search     | GET     | /{since.seconds} | -    | - | path names since.seconds, no such field
          Search     | GET     | /{words}      | -       | - | path names words, which is repeated or a message and can't stand in a path
          Search     | GET     | /{author}     | -       | - | path names author, which is repeated or a message and can't stand in a path
          Search     | GET     | /{since}      | -       | - | path names since, which is repeated or a message and can't stand in a path
          Search     | GET     | /{limits}     | -       | - | path names limits, which is repeated or a message and can't stand in a path
          Search     | POST    | /x            | x       | - | body x is no field of the request
          Search     | POST    | /x            | author.name | - | body author.name is no field of the request
          Search     | POST    | /x            | text    | - | body text must be a repeated field, or a message that JSON has as an object
          Search     | POST    | /x            | limits  | - | body limits must be a repeated field, or a message that JSON has as an object
          Search     | POST    | /x            | since   | - | body since must be a repeated field, or a message that JSON has as an object
          Search     | POST    | /x            | any_value | - | body any_value must be a repeated field, or a message that JSON has as an object
          Search     | POST    | /x            | -       | x | response_body x is no field of the response
          Search     | GET     | /x            | *       | - | GET takes no body
          Search     | DELETE  | /x            | author  | - | DELETE takes no body
          Search     | HEAD    | /x            | -       | - | HTTP method HEAD (expected: one in upper case, such as GET)
          Search     | OPTIONS | /x            | -       | - | HTTP method OPTIONS (expected: one in upper case, such as GET)
          Search     | get     | /x            | -       | - | HTTP method get (expected: one in upper case, such as GET)
          Search     | *       | /x            | -       | - | HTTP method * (expected: one in upper case, such as GET)
          Watch      | GET     | /x            | -       | - | streaming methods can't be called over HTTP
          """)
  void compile_refusesRulesThatDoNotFit(
      String rpc, String verb, String template, String body, String responseBody, String why) {
    BindingRule rule =
        new BindingRule(
            verb, template, body == null ? "" : body, responseBody == null ? "" : responseBody);

    assertThatThrownBy(() -> compile(rpc, rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("method library.v1.LibraryService.%s, rule %s: %s", rpc, rule, why);
  }

  @Test
  void compile_refusesAnotherMethodsRequest() {
    BindingRule rule = new BindingRule("GET", "/x", "", "");

    assertThatThrownBy(
            () -> HttpBinding.compile(method("Search"), Book.getDefaultInstance(), rule, List.of()))
        .hasMessageContaining("the request is not a message of the method");
  }

  @Test
  void rules_areFlattened() {
    assertThat(BindingRule.of(method("GetFile")))
        .containsExactly(
            new BindingRule("GET", "/v1/files/{path=**}", "", ""),
            new BindingRule("PURGE", "/v1/files/{path=**}:purge", "", ""));
    assertThat(BindingRule.of(method("BatchCreateBooks")))
        .containsExactly(
            new BindingRule("POST", "/v1/shelves/{shelf}/books", "books", ""),
            new BindingRule("POST", "/v1/shelves/{shelf}/books:batch", "books", "books"));
    assertThat(BindingRule.of(method("UpdateBook")))
        .extracting(BindingRule::toString)
        .containsExactly(
            "PATCH /v1/{book.name=shelves/*/books/*} body=book",
            "PUT /v1/{book.name=shelves/*/books/*} body=book");
    assertThat(BindingRule.of(method("Watch"))).isEmpty();
  }

  @Test
  void rules_withoutMethodAndPathAreRefused() throws Exception {
    HttpRule empty = HttpRule.newBuilder().setBody("*").build();
    HttpRule get = HttpRule.newBuilder().setGet("/x").build();
    HttpRule nested = get.toBuilder().addAdditionalBindings(get).build();

    assertThatThrownBy(() -> BindingRule.of(ruled(empty)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("method t.S.M: an http rule has no method and path");
    assertThatThrownBy(
            () -> BindingRule.of(ruled(get.toBuilder().addAdditionalBindings(empty).build())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("method t.S.M: an http rule has no method and path");
    assertThatThrownBy(
            () -> BindingRule.of(ruled(get.toBuilder().addAdditionalBindings(nested).build())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("method t.S.M: an additional binding has additional bindings");
  }

  private static MethodDescriptor ruled(HttpRule rule) throws Exception {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("t").setPackage("t");
    file.addMessageTypeBuilder().setName("R");
    file.addServiceBuilder()
        .setName("S")
        .addMethodBuilder()
        .setName("M")
        .setInputType(".t.R")
        .setOutputType(".t.R")
        .setOptions(MethodOptions.newBuilder().setExtension(AnnotationsProto.http, rule));
    return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0])
        .getServices()
        .get(0)
        .getMethods()
        .get(0);
  }
}
