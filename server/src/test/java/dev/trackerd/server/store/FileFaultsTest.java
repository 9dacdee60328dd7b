package dev.trackerd.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class FileFaultsTest {

  @Test
  void reason_isInWords() {
    assertThat(FileFaults.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(FileFaults.reason(new NoSuchFileException("/x")))
        .isEqualTo("no such file or folder");
    assertThat(FileFaults.reason(new FileAlreadyExistsException("/x")))
        .isEqualTo("a file stands where the folder should be");
    assertThat(FileFaults.reason(new FileSystemException("/x", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(FileFaults.reason(new IOException("whatever"))).isEqualTo("input/output error");
  }
}
