package dev.trackerd.server.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What failures of files mean, for the operator. */
public final class FileFaults {
  private FileFaults() {}

  /** Returns it in a few words; the messages of many of these exceptions are but the path. */
  public static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "a file stands where the folder should be";
    }
    return failure instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : "input/output error";
  }

  /**
   * Returns the system's own words for what happened to an open file, such as {@code No space left
   * on device}, where it has some; else as {@link #reason}.
   */
  public static String inWordsOfTheSystem(IOException failure) {
    return failure.getClass() == IOException.class && failure.getMessage() != null
        ? failure.getMessage()
        : reason(failure);
  }
}
