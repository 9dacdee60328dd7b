package dev.trackerd.server.auth;

import static dev.trackerd.server.auth.SignedRequests.ACCOUNT;
import static dev.trackerd.server.auth.SignedRequests.fromAwsCli;
import static dev.trackerd.server.auth.SignedRequests.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trackerd.server.auth.SignedRequest.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRequestTest {
  private static final String HASH = sha256("");

  @Test
  void first_ignoresCase() {
    SignedRequest request =
        new SignedRequest(
            "POST", "/", "", List.of(new Header("A-b", "1"), new Header("a-B", "2")), HASH);
    assertThat(request.first("a-b")).contains("1");
    assertThat(request.first("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PO ST", "POST\n/", "PÖST"})
  void new_refusesMethod(String method) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignedRequest(method, "/", "", List.of(), HASH))
        .withMessage("method (expected: a token, such as POST)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a\nb", "a;b", ":path", "ä"})
  void new_refusesHeaderName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Header(name, ""))
        .withMessage("header name (expected: a token, or :authority)");
  }

  @Test
  void new_refusesWhatIsNotBytes() {
    String expected = " (expected: one character up to U+00FF for each byte received)";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignedRequest("GET", "/ሴ", "", List.of(), HASH))
        .withMessage("path" + expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignedRequest("GET", "/", "ሴ", List.of(), HASH))
        .withMessage("query" + expected);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Header("a", "Ā"))
        .withMessage("value of header a" + expected);
    assertThat(new Header("a", "ÿ").value()).isEqualTo("ÿ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "UNSIGNED-PAYLOAD"})
  void new_refusesHash(String hash) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignedRequest("GET", "/", "", List.of(), hash))
        .withMessage("body SHA-256 (expected: 64 lower-case hexadecimal digits)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SignedRequest("GET", "/", "", List.of(), HASH.toUpperCase()));
  }

  @Test
  void toString_showsNoCredential() {
    assertThat(fromAwsCli()).hasToString("SignedRequest[POST /]");
    assertThat(fromAwsCli().headers().get(4)).hasToString("Header[Authorization]");
    assertThat(new SigningSecret(ACCOUNT, "secret")).hasToString("SigningSecret[of 000000000000]");
  }
}
