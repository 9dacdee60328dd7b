package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.store.sql.StoreConfig;
import dev.trackerd.server.store.sqlite.SqliteStores;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens as RFC 8725 (JWT Best Current Practices) and the attacks on JWT libraries warn of. Most of
 * them are signed with the real key, so that nothing but the one flaw is there to refuse them for.
 */
final class TokenMutationTest {
  private static final Caller APP1 = new Caller(new AccountId("123456789012"), "app1");

  @TempDir Path folder;
  private final TestTime time = new TestTime();
  private Stores stores;
  private MasterKey master;
  private AccessTokens tokens;
  private Forger forger;
  private String good;
  private String payload;

  @BeforeEach
  void open() {
    stores = SqliteStores.open(folder, StoreConfig.unlimited());
    master = MasterKey.open(folder);
    ApiKeys keys = ApiKeys.open(stores.credentials(), master, time, time.ticker());
    keys.ensure(new NewApiKey(APP1.account(), "app1", "secret1"));
    keys.ensure(new NewApiKey(APP1.account(), "revoked", "secret2"));
    keys.revoke("revoked");
    keys.ensure(new NewApiKey(new AccountId("210987654321"), "foreign", "secret3"));
    tokens = AccessTokens.of(master, keys, time);
    forger = new Forger(master);
    good = tokens.issue(APP1).value();
    payload = Forger.decode(good.split("\\.")[1]);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  /** Without this, each refusal below could be the forger's fault. */
  @Test
  void verify_takesWhatTheForgerSignsWithoutAFlaw() throws Exception {
    assertThat(forger.token(Forger.HEADER, payload)).isEqualTo(good);
    String other = forger.token(Forger.HEADER, payload.replaceFirst("\"jti\":\"", "\"jti\":\"x"));
    assertThat(tokens.verify(other)).isEqualTo(APP1);
  }

  @TestFactory
  Stream<DynamicTest> verify_refuses() throws Exception {
    Map<String, String> flawed = new LinkedHashMap<>();
    shapes(flawed);
    headers(flawed);
    algorithms(flawed);
    signatures(flawed);
    claims(flawed);
    assertThat(flawed).hasSizeGreaterThan(60).doesNotContainValue(good);
    return flawed.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> assertRefused(e.getValue())));
  }

  private void assertRefused(String token) throws Exception {
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(InvalidTokenException.class);
    }
    assertThat(tokens.verify(good)).isEqualTo(APP1);
  }

  private void shapes(Map<String, String> flawed) {
    String[] parts = good.split("\\.");
    flawed.put("empty", "");
    flawed.put("dots", "..");
    flawed.put("one part", parts[0]);
    flawed.put("two parts", parts[0] + "." + parts[1]);
    flawed.put("four parts", good + "." + parts[2]);
    flawed.put("five parts, as of a JWE", good + ".." + parts[2]);
    flawed.put("trailing dot", good + ".");
    flawed.put("leading space", " " + good);
    flawed.put("trailing line break", good + "\n");
    flawed.put("scheme", "Bearer " + good);
    flawed.put("twice", good + "," + good);
    flawed.put("beyond 8 KiB", good + "A".repeat(8 * 1024));
    flawed.put(
        "beyond 8 KiB, and signed",
        forger.token(
            Forger.HEADER,
            payload.replaceFirst("\\{", "{\"x\":\"" + "x".repeat(8 * 1024) + "\",")));
    flawed.put("not base64", "ä.ö.ü");
    flawed.put("JSON instead of a token", payload);
  }

  private void headers(Map<String, String> flawed) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("kid", "\"../../dev/null\"");
    members.put("jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}");
    members.put("jku", "\"https://attacker.example/jwks\"");
    members.put("x5u", "\"https://attacker.example/cert\"");
    members.put("x5c", "[\"AAAA\"]");
    members.put("crit", "[\"exp\"]");
    members.put("b64", "false");
    members.put("zip", "\"DEF\"");
    members.put("cty", "\"JWT\"");
    members.put("enc", "\"A256GCM\"");
    members.put("alg", "\"none\"");
    members.put("typ", "\"at+jwt\"");
    members.forEach(
        (name, value) ->
            flawed.put(
                "header with one more " + name,
                forger.token(
                    Forger.HEADER.replace("}", ",\"" + name + "\":" + value + "}"), payload)));
    flawed.put("no typ", forger.token("{\"alg\":\"HS256\"}", payload));
    for (String typ : new String[] {"JWT", "AT+JWT", "application/at+jwt", "sig+jwt", ""}) {
      String header = Forger.HEADER.replace("at+jwt", typ);
      flawed.put("typ '" + typ + "'", forger.token(header, payload));
    }
    flawed.put("header with a space", forger.token(Forger.HEADER.replace(",", ", "), payload));
    flawed.put("header is an array", forger.token("[]", payload));
    flawed.put("header is empty", forger.token("", payload));
  }

  private void algorithms(Map<String, String> flawed) throws Exception {
    String body = "." + good.split("\\.")[1] + ".";
    for (String none : new String[] {"none", "None", "NONE", "nOnE", ""}) {
      String header = Forger.HEADER.replace("HS256", none);
      flawed.put("alg '" + none + "', unsigned", Forger.encode(header.getBytes(UTF_8)) + body);
      flawed.put("alg '" + none + "', signed", forger.token(header, payload));
    }
    for (String alg : new String[] {"RS256", "PS256", "ES256", "EdDSA", "hs256", "HS256 "}) {
      String header = Forger.HEADER.replace("HS256", alg);
      flawed.put("alg '" + alg + "' over a MAC", forger.token(header, payload));
    }
    for (String bits : new String[] {"384", "512"}) {
      String header = Forger.HEADER.replace("256", bits);
      flawed.put("alg HS" + bits, forger.token("HmacSHA" + bits, header, payload));
      String text = forger.token("HmacSHA" + bits, Forger.HEADER, payload);
      flawed.put("alg HS256 over HMAC-SHA" + bits, text);
    }
    flawed.put("RS256 with a key of the attacker's", rs256(body));
    String es256 = Forger.encode(Forger.HEADER.replace("HS256", "ES256").getBytes(UTF_8));
    flawed.put("ES256 with r = s = 0", es256 + body + Forger.encode(new byte[64]));
  }

  private static String rs256(String body) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    String header = Forger.encode(Forger.HEADER.replace("HS256", "RS256").getBytes(UTF_8));
    signature.update((header + body.substring(0, body.length() - 1)).getBytes(UTF_8));
    return header + body + Forger.encode(signature.sign());
  }

  private void signatures(Map<String, String> flawed) {
    int at = good.lastIndexOf('.') + 1;
    String input = good.substring(0, at);
    String signature = good.substring(at);
    flawed.put("no signature", input);
    flawed.put("signature cut short", good.substring(0, good.length() - 1));
    flawed.put("signature padded", good + "=");
    flawed.put("signature with a space", input + " " + signature);
    flawed.put("signature with junk", input + "!" + signature);
    flawed.put("signature reversed", input + new StringBuilder(signature).reverse());
    flawed.put("signature, first character", input + next(signature.charAt(0), signature, 0));
    int last = signature.length() - 1;
    // The last of 43 characters holds two bits that decode to nothing.
    flawed.put("signature, unused bits", input + next(signature.charAt(last), signature, last));
    byte[] guessable = Forger.mac("HmacSHA256", new byte[32], input.substring(0, at - 1));
    flawed.put("signed with zeros", input + Forger.encode(guessable));
    String fresh = forger.token(Forger.HEADER, payload.replaceFirst("\"jti\":\"", "\"jti\":\"x"));
    flawed.put("signature of another token", input + fresh.substring(fresh.lastIndexOf('.') + 1));
    String altered = payload.replace("123456789012", "210987654321");
    String head = input.substring(0, input.indexOf('.') + 1);
    flawed.put("account altered", head + Forger.encode(altered.getBytes(UTF_8)) + "." + signature);
  }

  private static String next(char old, String text, int index) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char other = alphabet.charAt(alphabet.indexOf(old) ^ 1);
    return text.substring(0, index) + other + text.substring(index + 1);
  }

  private void claims(Map<String, String> flawed) {
    claim(flawed, "iss missing", p -> p.replace("\"iss\"", "\"x\""));
    claim(flawed, "iss wrong", p -> p.replace("\"iss\":\"trackerd\"", "\"iss\":\"Trackerd\""));
    claim(flawed, "iss a list", p -> p.replace("\"iss\":\"trackerd\"", "\"iss\":[\"trackerd\"]"));
    claim(flawed, "aud missing", p -> p.replace("\"aud\"", "\"x\""));
    claim(flawed, "aud wrong", p -> p.replace("\"aud\":\"trackerd\"", "\"aud\":\"other\""));
    claim(flawed, "aud empty", p -> p.replace("\"aud\":\"trackerd\"", "\"aud\":[]"));
    claim(flawed, "aud of two", p -> p.replace("\"aud\":\"trackerd\"", AUD_OF_TWO));
    claim(flawed, "sub missing", p -> p.replace("\"sub\"", "\"x\""));
    claim(flawed, "sub null", p -> p.replace("\"123456789012\"", "null"));
    claim(flawed, "sub a number", p -> p.replace("\"123456789012\"", "123456789012"));
    claim(flawed, "sub too short", p -> p.replace("123456789012", "12345678901"));
    claim(flawed, "sub of another form", p -> p.replace("123456789012", "12345678901x"));
    claim(flawed, "key missing", p -> p.replace("\"client_id\"", "\"x\""));
    claim(flawed, "key a number", p -> p.replace("\"app1\"", "1"));
    claim(flawed, "key unknown", p -> p.replace("app1", "app2"));
    claim(flawed, "key of a bad form", p -> p.replace("app1", "app/1"));
    claim(flawed, "key revoked", p -> p.replace("app1", "revoked"));
    claim(flawed, "key of another account", p -> p.replace("app1", "foreign"));
    claim(flawed, "exp missing", p -> p.replace("\"exp\"", "\"x\""));
    claim(flawed, "exp a text", p -> p.replaceFirst("\"exp\":(\\d+)", "\"exp\":\"$1\""));
    claim(flawed, "exp for ever", p -> p.replaceFirst("\"exp\":\\d+", "\"exp\":9999999999"));
    claim(flawed, "exp past all numbers", p -> p.replaceFirst("\"exp\":\\d+", "\"exp\":1e400"));
    claim(flawed, "exp negative", p -> p.replaceFirst("\"exp\":", "\"exp\":-"));
    claim(flawed, "iat missing", p -> p.replace("\"iat\"", "\"x\""));
    claim(flawed, "iat zero", p -> p.replaceFirst("\"iat\":\\d+", "\"iat\":0"));
    claim(flawed, "issued in two minutes", p -> shift(p, 120));
    claim(flawed, "expired a second ago", p -> shift(p, -86_401));
    claim(flawed, "expired this second", p -> shift(p, -86_400));
    claim(flawed, "sub twice", p -> p.replace("}", ",\"sub\":\"210987654321\"}"));
    claim(flawed, "trailing text", p -> p + "x");
    claim(flawed, "a list", p -> "[" + p + "]");
    claim(flawed, "nothing", p -> "");
    claim(flawed, "null", p -> "null");
    claim(flawed, "a token within", p -> good);
  }

  private static final String AUD_OF_TWO = "\"aud\":[\"trackerd\",\"other\"]";

  private void claim(Map<String, String> flawed, String name, UnaryOperator<String> change) {
    flawed.put("claims: " + name, forger.token(Forger.HEADER, change.apply(payload)));
  }

  /** Moves a token in time and leaves its lifetime as it is. */
  private String shift(String claims, long seconds) {
    long iat = time.instant().getEpochSecond();
    return claims
        .replace("\"iat\":" + iat, "\"iat\":" + (iat + seconds))
        .replace("\"exp\":" + (iat + 86_400), "\"exp\":" + (iat + 86_400 + seconds));
  }
}
