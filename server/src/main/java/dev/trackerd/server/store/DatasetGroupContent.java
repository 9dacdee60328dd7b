package dev.trackerd.server.store;

import java.util.List;
import java.util.Optional;

/**
 * All of a dataset group that its owner decides.
 *
 * @param name unique in the account, compared by the bytes of its UTF-8
 * @param domain what it was made for, if they said
 * @param roleArn the role that may use the key, if there is one; kept without effect
 * @param kmsKeyArn the key that its datasets were to be encrypted with, if any; kept without effect
 * @param tags its labels
 */
public record DatasetGroupContent(
    String name,
    Optional<String> domain,
    Optional<String> roleArn,
    Optional<String> kmsKeyArn,
    List<StoredTag> tags) {

  /** Copies the list. */
  public DatasetGroupContent {
    tags = List.copyOf(tags);
  }

  /** A dataset group of which nothing but the name was said. */
  public static DatasetGroupContent named(String name) {
    return new DatasetGroupContent(
        name, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }
}
