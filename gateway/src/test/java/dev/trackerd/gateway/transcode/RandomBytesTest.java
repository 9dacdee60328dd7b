package dev.trackerd.gateway.transcode;

import static dev.trackerd.gateway.transcode.TestBindings.binding;
import static dev.trackerd.gateway.transcode.TestBindings.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.trackerd.gateway.json.TranscodeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is sent, a request is decoded or refused with a text that may be shown. */
class RandomBytesTest {
  private static final int ROUNDS = 5_000;
  private static final String SEED_BODY =
      """
      {"text":"a\\ud83d\\ude00","flag":true,"count":5.0,"big":"12","ratio":1.5e3,"data":"AAE=",
       "genre":"NOVEL","words":["x","y"],"numbers":[1,2],"author":{"name":"n","teacher":{}},
       "books":[{"tags":["t"]}],"limits":{"a":1},"since":"2026-01-31T12:00:00Z","within":"1.5s",
       "readMask":"a,b","boxed":1,"anyValue":{"a":[1,null]},"object":{},"list":[1],"left":"l"}
      """;
  private static final String SEED_QUERY =
      "text=a%20b&flag=true&count=5&big=12&data=AAE%3D&genre=NOVEL&words=x&words=y&author.name=n"
          + "&since=2026-01-31T12:00:00Z&within=1.5s&readMask=a,b&boxed=1&left=l";
  private static final String PIECES = "{}[]\",:\\u00d8'/*-+.eE019ntf \n\0\uFEFFä€😀";

  private final Random random = new Random(20261120);

  @Test
  void decode_ofDamagedBodiesThrowsNothingElse() {
    HttpBinding search = binding("Search", 1);
    HttpBinding ping = binding("Ping");
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = damaged(utf8(SEED_BODY));
      taken += decode(search, Map.of(), "", body) ? 1 : 0;
      decode(ping, Map.of(), "", body);
    }

    assertThat(taken).isBetween(1, ROUNDS - 1);
  }

  @Test
  void decode_ofDamagedQueriesThrowsNothingElse() {
    HttpBinding search = binding("Search");
    HttpBindings shared = HttpBindings.of(List.of(binding("ListBooks"), binding("FindBooks")));
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] query = damaged(utf8(SEED_QUERY));
      String text = new String(query, StandardCharsets.ISO_8859_1);
      taken += decode(search, Map.of("scope", "s"), text, new byte[0]) ? 1 : 0;
      try {
        shared.select(text, query);
      } catch (TranscodeException e) {
        check(e);
      }
    }

    assertThat(taken).isBetween(1, ROUNDS - 1);
  }

  private static boolean decode(
      HttpBinding binding, Map<String, String> path, String query, byte[] body) {
    try {
      binding.decode(path, query, body);
      return true;
    } catch (TranscodeException e) {
      check(e);
      return false;
    } catch (RuntimeException | Error e) {
      return fail(new String(body, StandardCharsets.ISO_8859_1) + " " + query, e);
    }
  }

  private static void check(TranscodeException e) {
    assertThat(e.violations().get(0).description())
        .doesNotContain("com.", "java", "jackson", "gson", "protobuf", "Exception");
  }

  private byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes;
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(damaged.length);
      damaged =
          switch (random.nextInt(4)) {
            case 0 -> splice(damaged, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> splice(damaged, at, Math.min(damaged.length, at + 5), new byte[0]);
            case 2 -> splice(damaged, at, at, slice(damaged, random.nextInt(damaged.length)));
            default -> splice(damaged, at, at + 1, piece());
          };
    }
    return damaged;
  }

  private byte[] piece() {
    int at =
        PIECES.offsetByCodePoints(0, random.nextInt(PIECES.codePointCount(0, PIECES.length())));
    return utf8(Character.toString(PIECES.codePointAt(at)));
  }

  private static byte[] slice(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 20));
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] between) {
    byte[] spliced = new byte[bytes.length - (to - from) + between.length];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(between, 0, spliced, from, between.length);
    System.arraycopy(bytes, to, spliced, from + between.length, bytes.length - to);
    return spliced.length == 0 ? new byte[1] : spliced;
  }
}
