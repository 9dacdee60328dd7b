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
}
