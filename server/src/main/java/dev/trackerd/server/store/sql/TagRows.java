package dev.trackerd.server.store.sql;

import dev.trackerd.server.store.StoredTag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tags from and to the column {@code tags}: a list of texts that are key and value by turns. */
final class TagRows {
  private TagRows() {}

  /** The column's value; null for none. */
  static String encode(List<StoredTag> tags) {
    return TextLists.encode(
        tags.stream().flatMap(tag -> Stream.of(tag.key(), tag.value())).toList());
  }

  static List<StoredTag> decode(String json) {
    List<String> texts = TextLists.decode(json);
    List<StoredTag> tags = new ArrayList<>(texts.size() / 2);
    for (int i = 0; i < texts.size(); i += 2) {
      tags.add(new StoredTag(texts.get(i), texts.get(i + 1)));
    }
    return tags;
  }
}
