package dev.trackerd.server.auth;

import static dev.trackerd.server.auth.SignedRequests.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private final SigningKeys keys = new SigningKeys("us-east-1", "iam");

  @Test
  void sign_usesTheDaysKey() {
    // The worked example of the AWS General Reference.
    String text =
        "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
            + "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
    String expected = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
    assertThat(HexFormat.of().formatHex(keys.sign(text, "A", SECRET, "20150830")))
        .isEqualTo(expected);
    assertThat(HexFormat.of().formatHex(keys.sign(text, "A", SECRET, "20150831")))
        .isNotEqualTo(expected);
    assertThat(HexFormat.of().formatHex(keys.sign(text, "A", SECRET, "20150830")))
        .isEqualTo(expected);
  }

  @Test
  void sign_forgetsTheSecretThatWasReplaced() {
    byte[] before = keys.sign("text", "A", "one", "20150830");
    byte[] after = keys.sign("text", "A", "two", "20150830");
    assertThat(after)
        .isNotEqualTo(before)
        .isEqualTo(new SigningKeys("us-east-1", "iam").sign("text", "A", "two", "20150830"));
    assertThat(keys.remembered()).isEqualTo(1);
  }

  @Test
  void sign_remembersSoManyAndNoMore() {
    for (int i = 0; i < 1_500; i++) {
      keys.sign("text", "key" + i, SECRET, "20150830");
    }
    assertThat(keys.remembered()).isEqualTo(1_000);
  }
}
