package dev.trackerd.server.store;

import dev.trackerd.server.store.StoreException.Thing;
import java.util.List;

/**
 * A resource of an account that may have tags.
 *
 * @param thing what it is
 * @param key what names it among the account's things of that kind
 */
public record TagOwner(Thing thing, List<String> key) {

  /** Copies the list. */
  public TagOwner {
    key = List.copyOf(key);
  }

  /** An event tracker, by its id. */
  public static TagOwner eventTracker(String id) {
    return new TagOwner(Thing.EVENT_TRACKER, List.of(id));
  }

  /** A dataset group, by its name. */
  public static TagOwner datasetGroup(String name) {
    return new TagOwner(Thing.DATASET_GROUP, List.of(name));
  }

  /** A dataset, by its group's name and its type. */
  public static TagOwner dataset(String group, String type) {
    return new TagOwner(Thing.DATASET, List.of(group, type));
  }

  /** The key as a failure names it. */
  public String id() {
    return String.join("/", key);
  }
}
