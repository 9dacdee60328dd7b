package dev.trackerd.server.auth;

import static dev.trackerd.server.auth.SignedRequests.CALLER;
import static dev.trackerd.server.auth.SignedRequests.KEY_ID;
import static dev.trackerd.server.auth.SignedRequests.SECRET;
import static dev.trackerd.server.auth.SignedRequests.fromAwsCli;
import static dev.trackerd.server.auth.SignedRequests.sha256;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackerd.server.auth.SignedRequest.Header;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalRequestTest {
  private static final String STAMP = "20150830T123600Z";
  private static final String SCOPE = "20150830/us-east-1/service/aws4_request";

  @Test
  void sha256_isThatOfAwsCli() {
    assertThat(fromAwsCli().bodySha256()).startsWith("345e04d3").endsWith("edfdbf");
    assertThat(
            CanonicalRequest.of(fromAwsCli()).sha256("content-type;host;x-amz-date;x-amz-target"))
        .isEqualTo("f23b7ef8d2474191a0d6839ed25363ceb63988de05241b400702f8526850ed41");
  }

  /**
   * Figures that AWS publishes for its signers (AWS Signature Version 4 test suite): what is
   * requested, from host example.amazonaws.com at 12:36 on 30 August 2015, by the documentation's
   * key; the hash of the canonical request; the signature. Headers are separated by a caret.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      GET / | `My-Header1:value2^My-Header1:value2^My-Header1:value1` | dc7f04a3abfde8d472b0ab1a418b741b7c67174dad1551b4117b15527fbe966c | c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea
      GET / | `My-Header1:value1\n  value2\n     value3` | e99419459a677bc11de234014be3c4e72c1ea5b454ceb58b613061f5d7a162e8 | cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd
      GET / | `My-Header1:value4^My-Header1:value1^My-Header1:value3^My-Header1:value2` | 31ce73cd3f3d9f66977ad3dd957dc47af14df92fcd8509f59b349e9137c58b86 | 08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01
      GET / | `My-Header1: value1^My-Header2: "a   b   c"` | a726db9b0df21c14f559d0a978e563112acb1b9e05476f0a6a1c7d68f28605c7 | acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736
      GET /example/.. |  | bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63 | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      GET /example1/example2/../.. |  | bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63 | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      GET /./ |  | bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63 | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      GET // |  | bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63 | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      GET /./example |  | 214d50c111a8edc4819da6a636336472c916b5240f51e9a51b5c3305180cf702 | ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5
      GET //example// |  | cb96b4ac96d501f7c5c15bc6d67b3035061cfced4af6585ad927f7e6c985c015 | 9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84
      GET /example space/ |  | 63ee75631ed7234ae61b5f736dfc7754cdccfedbff4b5128a915706ee9390d86 | 652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741
      GET /-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz |  | 6a968768eefaa713e2a6b16b589a8ea192661f098f37349f4e2c0082757446f9 | 07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f
      GET /ሴ |  | 2a0a97d02205e45ce2e994789806b19270cfbbb0921b278ccf58f5249ac42102 | 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85
      GET /?Param1=value1 |  | 1e24db194ed7d0eec2de28d7369675a243488e08526e8c1c73571282f7c517ab | a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb
      GET /?Param-3=Value3&Param=Value2&%E1%88%B4=Value1 |  | 868294f5c38bd141c4972a373a76654f1418a8e4fc18b2e7903ae45e8ae0ec71 | 371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac
      GET /?Param2=value2&Param1=value1 |  | 816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0 | b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
      GET /?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz |  | c30d4703d9f799439be92736156d47ccfb2d879ddf56f5befa6d1d6aab979177 | 9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197
      GET / |  | bb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63 | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
      GET /?ሴ=bar |  | eb30c5bed55734080471a834cc727ae56beb50e5f39d1bff6d0d38cb192a7073 | 2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04
      GET / | `X-Amz-Security-Token:6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267` | 067b36aa60031588cea4a4cde1f21215227a047690c72247f1d70b32fbbfad2b | 07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8
      POST / |  | 553f88c9e4d10fc9e109e2aeb65f030801b70c2f6468faca261d401ae622fc87 | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
      POST / | `My-Header1:value1` | 9368318c2967cf6de74404b30c65a91e8f6253e0a8659d6d5319f1a812f87d65 | c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c
      POST / | `My-Header1:VALUE1` | d51ced243e649e3de6ef63afbbdcbca03131a21a7103a1583706a64618606a93 | cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d
      POST /?Param1=value1 |  | 9d659678c1756bb3113e2ce898845a0a79dbbc57b740555917687f1b3340fbbd | 28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11
      POST / | `Content-Type:application/x-www-form-urlencoded; charset=utf-8^Content-Length:13^x-amz-content-sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e` | a89f1a5b53e37702ee6363ce1da3ce8f54386f3c8f352ae652153c2982a0bc4d | 328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422
      POST / | `Content-Type:application/x-www-form-urlencoded^Content-Length:13^x-amz-content-sha256:9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e` | b1edd1d03544c25390e32085d55b57acc9a3961bb59415ff86c45c3d89d16cfb | d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b
      """)
  void sha256_isWhatAwsPublishes(String line, String headers, String hash, String signature) {
    SignedRequest request = request(line, headers == null ? "" : headers);
    String names =
        request.headers().stream()
            .map(header -> header.name().toLowerCase(Locale.ROOT))
            .filter(name -> !name.equals("authorization"))
            .distinct()
            .sorted()
            .collect(Collectors.joining(";"));
    assertThat(CanonicalRequest.of(request).sha256(names)).isEqualTo(hash);
    String text = "AWS4-HMAC-SHA256\n" + STAMP + "\n" + SCOPE + "\n" + hash;
    byte[] signed = new SigningKeys("us-east-1", "service").sign(text, KEY_ID, SECRET, "20150830");
    assertThat(HexFormat.of().formatHex(signed)).isEqualTo(signature);
    if (!names.contains("x-amz-security-token")) {
      assertThat(verify(request, names, signature)).isEqualTo(CALLER);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                | /
          /..               | /
          /../../a          | /a
          /a/./b//c/        | /a/b/c/
          /a/b/..           | /a
          /a/b/../          | /a/
          /a%2Fb/%2e%2E     | /a%252Fb/%252e%252E
          /a+b=c&d:e@f*     | /a%2Bb%3Dc%26d%3Ae%40f%2A
          """)
  void path_isNormalisedAndEncodedAgain(String raw, String expected) {
    assertThat(CanonicalRequest.path(raw)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                        | ``
          b=2&a=1&a=0               | a=0&a=1&b=2
          a&b=&=c&&                 | =c&a=&b=
          a-b=1&a=2                 | a=2&a-b=1
          x=a+b%20c d               | x=a%2Bb%20c%20d
          x=%7E%7e~%2f/%C3%A9       | x=~~~%2F%2F%C3%A9
          x=a=b                     | x=a%3Db
          x=%&y=%4&z=%zz%25zz       | x=%&y=%4&z=%zz%25zz
          a=1&X-Amz-Signature=0&b=2 | a=1&b=2
          """)
  void query_isSortedAndEncodedAgain(String raw, String expected) {
    assertThat(CanonicalQuery.parse(raw)).hasToString(expected);
  }

  private static SignedRequest request(String line, String headers) {
    String[] parts = latin1(line).split(" ", 2);
    String[] target = (parts[1] + "?").split("\\?", -1);
    List<Header> all = new ArrayList<>(List.of(new Header("Host", "example.amazonaws.com")));
    for (String header : headers.isEmpty() ? new String[0] : headers.split("\\^")) {
      String[] pair = header.split(":", 2);
      all.add(new Header(pair[0], pair[1].replace("\\n", "\n")));
    }
    all.add(new Header("X-Amz-Date", STAMP));
    SignedRequest empty = new SignedRequest(parts[0], target[0], target[1], all, sha256(""));
    String hash = empty.first("x-amz-content-sha256").orElse(empty.bodySha256());
    return new SignedRequest(parts[0], target[0], target[1], all, hash);
  }

  private static Caller verify(SignedRequest request, String names, String signature) {
    String header =
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(KEY_ID, SCOPE, names, signature);
    Clock clock = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
    return new SigV4("us-east-1", "service", SignedRequests::secret, clock)
        .verify(SignedRequests.with(request, "Authorization", header));
  }

  /** The text's bytes in UTF-8, one character each. */
  private static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
