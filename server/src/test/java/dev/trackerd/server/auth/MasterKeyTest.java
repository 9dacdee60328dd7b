package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterKeyTest {
  private static final byte[] BYTES = "0123456789abcdef0123456789ABCDEF".getBytes(US_ASCII);
  private static final String BASE64 = Base64.getEncoder().encodeToString(BYTES);

  @TempDir Path folder;

  private MasterKey open(String... base64) {
    return base64.length == 0 ? MasterKey.open(folder.resolve("data")) : MasterKey.parse(base64[0]);
  }

  private Path file() {
    return folder.resolve("data/master.key");
  }

  private void write(String text, String mode) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
  }

  @Test
  void open_makesTheKeyOnce() {
    assertThat(open().proof()).hasSize(32).isEqualTo(open().proof());
  }

  @Test
  void open_keepsTheKeyFromOthers() throws IOException {
    open();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void open_writesWhatTheEnvironmentTakes() throws IOException {
    MasterKey made = open();
    String text = Files.readString(file());
    assertThat(text).matches("[A-Za-z0-9+/]{43}=\n");
    assertThat(MasterKey.parse(text).proof()).isEqualTo(made.proof());
  }

  @Test
  void open_givesRacersTheSameKey() throws Exception {
    int racers = 16;
    CyclicBarrier start = new CyclicBarrier(racers);
    Callable<String> race =
        () -> {
          start.await();
          return Base64.getEncoder().encodeToString(open().proof());
        };
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    try {
      List<Future<String>> proofs =
          threads.invokeAll(Stream.generate(() -> race).limit(racers).toList());
      String kept = Base64.getEncoder().encodeToString(open().proof());
      for (Future<String> proof : proofs) {
        assertThat(proof.get()).isEqualTo(kept);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x"})
  void open_refusesAFileThatOthersCanTouch(String mode) throws IOException {
    write(BASE64, mode);
    assertThatThrownBy(this::open)
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("0600");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "AAAA", "not base64 at all, canary", "canary"})
  void open_refusesADamagedFile(String text) throws IOException {
    write(text, "rw-------");
    assertThatThrownBy(this::open)
        .isInstanceOf(MasterKeyException.class)
        .hasMessageStartingWith(file() + ": ")
        .hasMessageContaining("expected: 32 bytes")
        .hasMessageNotContaining("canary");
    assertThat(file()).hasContent(text);
  }

  @Test
  void read_takesAFileAndMakesNone() throws IOException {
    write(" " + BASE64 + "\n", "r--------");
    assertThat(MasterKey.read(file()).proof()).isEqualTo(MasterKey.parse(BASE64).proof());
    Path other = folder.resolve("other");
    assertThatThrownBy(() -> MasterKey.read(other))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage(other + ": can't be read: no such file or folder");
    assertThat(other).doesNotExist();
  }

  @Test
  void read_refusesAFileThatOthersCanReadOrThatHoldsNoKey() throws IOException {
    write(BASE64, "rw-r--r--");
    assertThatThrownBy(() -> MasterKey.read(file()))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage(
            file()
                + ": can't be read: others than its owner have access to it"
                + " (expected: mode 0600; chmod 600)");
    write("canary".repeat(10_000), "rw-------");
    assertThatThrownBy(() -> MasterKey.read(file()))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage(file() + ": can't be read: too long for a secret (expected: one line)");
  }

  @Test
  void open_saysWhyTheFolderCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("data"), "a file, not a folder");
    assertThatThrownBy(this::open)
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("can't be read or made")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void open_takesTheEnvironmentAndLeavesTheFolderAlone() {
    assertThat(open(BASE64).proof()).isEqualTo(open(" " + BASE64 + "\n").proof());
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "canary", "Y2FuYXJ5", "canary+canary+canary+canary+canary+canary+ca=="})
  void open_refusesABadEnvironmentWithoutRepeatingIt(String base64) {
    assertThatThrownBy(() -> open(base64))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageStartingWith("TRACKERD_MASTER_KEY: ")
        .hasMessageContaining("expected: 32 bytes")
        .hasMessageNotContaining("canary")
        .hasMessageNotContaining("Y2FuYXJ5")
        .hasNoCause();
  }

  @Test
  void derive_isHkdfSha256() throws Exception {
    byte[] extracted = hmac(new byte[32], BYTES);
    byte[] expected = hmac(extracted, "trackerd/some purpose\1".getBytes(US_ASCII));
    assertThat(open(BASE64).derive("some purpose", 32)).isEqualTo(expected);
  }

  @Test
  void derive_separatesPurposesAndKeys() {
    MasterKey key = open(BASE64);
    assertThat(key.derive("a", 32)).isNotEqualTo(key.derive("b", 32)).isNotEqualTo(key.proof());
    assertThat(key.proof()).isNotEqualTo(open().proof());
  }

  @Test
  void toString_saysNothing() {
    assertThat(open(BASE64)).hasToString("MasterKey");
  }

  private static byte[] hmac(byte[] key, byte[] data) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data);
  }
}
