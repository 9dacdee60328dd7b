package dev.trackerd.server.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretBoxTest {
  @TempDir Path folder;

  private SecretBox box(String name) {
    return SecretBox.of(MasterKey.open(folder.resolve(name)));
  }

  @Test
  void open_returnsWhatWasSealed() {
    byte[] sealed = box("a").seal("key1", "s3cret");
    assertThat(box("a").open("key1", sealed)).isEqualTo("s3cret");
  }

  @Test
  void seal_hidesTheSecret() {
    byte[] sealed = box("a").seal("key1", "canary");
    assertThat(new String(sealed, UTF_8)).doesNotContain("canary", "key1");
    assertThat(sealed).isNotEqualTo(box("a").seal("key1", "canary"));
  }

  @Test
  void open_refusesTheSecretOfAnotherKey() {
    byte[] sealed = box("a").seal("key1", "s3cret");
    assertThatThrownBy(() -> box("a").open("key2", sealed))
        .isInstanceOf(MasterKeyException.class)
        .hasMessage("key key2: its sealed secret is damaged");
  }

  @Test
  void open_refusesAnotherMasterKey() {
    byte[] sealed = box("a").seal("key1", "s3cret");
    assertThatThrownBy(() -> box("b").open("key1", sealed)).isInstanceOf(MasterKeyException.class);
  }

  @Test
  void open_refusesEveryAlteredByte() {
    SecretBox box = box("a");
    byte[] sealed = box.seal("key1", "s3cret");
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> box.open("key1", altered)).isInstanceOf(MasterKeyException.class);
    }
  }
}
