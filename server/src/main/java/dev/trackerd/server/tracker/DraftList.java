package dev.trackerd.server.tracker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A list of texts while a patch changes it, by value and by place. Reading it in and out takes time
 * in its length; an operation in between only in its own values and in a few hundred steps, so that
 * a patch of many operations on a long list is no load. Keeps duplicates. Not thread-safe.
 *
 * <p>The items lie in blocks, so that a place is found by counting blocks, and putting one in moves
 * the items of one block only. Values are found by an index, which is made when one is first looked
 * for.
 */
final class DraftList {
  static final int MAX_BLOCK = 512;

  private final List<Block> blocks = new ArrayList<>();

  /** The newest item of each text, through which the older ones are found; null until asked for. */
  private Map<String, Item> newest;

  private int size;

  private final Supplier<Map<String, Item>> maps;

  /** Makes a draft of {@code items}, which are copied. */
  DraftList(List<String> items) {
    this(items, HashMap::new);
  }

  /** Makes a draft of {@code items}, whose index is a map of {@code maps}. */
  DraftList(List<String> items, Supplier<Map<String, Item>> maps) {
    this.maps = maps;
    setAll(items);
  }

  int size() {
    return size;
  }

  /** Appends those of {@code texts} that are not in it yet. */
  void addAbsent(Collection<String> texts) {
    for (String text : texts) {
      if (newestOf(text) == null) {
        add(size, text);
      }
    }
  }

  /** Replaces all items. */
  void setAll(Collection<String> texts) {
    blocks.clear();
    blocks.add(new Block());
    newest = null;
    size = 0;
    for (String text : texts) {
      Block last = blocks.get(blocks.size() - 1);
      if (last.items.size() == MAX_BLOCK / 2) {
        last = new Block();
        blocks.add(last);
      }
      last.items.add(new Item(text, last));
      size++;
    }
  }

  /** Drops every item that equals one of {@code texts}. */
  void removeAll(Collection<String> texts) {
    Set<Block> touched = new HashSet<>();
    for (String text : texts) {
      for (Item item = newestOf(text); item != null; item = item.older) {
        if (item.block != null) {
          touched.add(item.block);
          item.block = null;
          size--;
        }
      }
      newest.remove(text);
    }
    // Each block once, however many of its items go.
    touched.forEach(block -> block.items.removeIf(item -> item.block == null));
  }

  /** Puts {@code text} at {@code index}, from 0 to the size. */
  void add(int index, String text) {
    int at = index;
    int b = 0;
    while (at > blocks.get(b).items.size()) {
      at -= blocks.get(b++).items.size();
    }
    Block block = blocks.get(b);
    block.items.add(at, indexed(new Item(text, block)));
    size++;
    if (block.items.size() > MAX_BLOCK) {
      blocks.add(b + 1, block.split());
    }
  }

  /** Puts {@code text} in the place of what is at {@code index}, from 0 to below the size. */
  void set(int index, String text) {
    Place place = place(index);
    Item before = place.block.items.set(place.at, indexed(new Item(text, place.block)));
    before.block = null;
  }

  /** Drops what is at {@code index}, from 0 to below the size. */
  void remove(int index) {
    Place place = place(index);
    place.block.items.remove(place.at).block = null;
    size--;
  }

  List<String> toList() {
    List<String> texts = new ArrayList<>(size);
    blocks.forEach(block -> block.items.forEach(item -> texts.add(item.text)));
    return texts;
  }

  private Place place(int index) {
    int at = index;
    int b = 0;
    while (at >= blocks.get(b).items.size()) {
      at -= blocks.get(b++).items.size();
    }
    return new Place(blocks.get(b), at);
  }

  /** The newest item of that text that is still in the list, or null. */
  private Item newestOf(String text) {
    if (newest == null) {
      newest = maps.get();
      blocks.forEach(block -> block.items.forEach(this::indexed));
    }
    Item first = newest.get(text);
    Item found = first;
    while (found != null && found.block == null) {
      found = found.older;
    }
    if (found != first) {
      // So that what has gone is passed over once.
      keep(text, found);
    }
    return found;
  }

  private void keep(String text, Item item) {
    if (item == null) {
      newest.remove(text);
    } else {
      newest.put(text, item);
    }
  }

  private Item indexed(Item item) {
    if (newest != null) {
      item.older = newest.put(item.text, item);
    }
    return item;
  }

  private record Place(Block block, int at) {}

  private static final class Block {
    private final List<Item> items = new ArrayList<>(MAX_BLOCK / 2);

    /** Moves the second half of the items to a new block. */
    Block split() {
      Block second = new Block();
      List<Item> half = items.subList(items.size() / 2, items.size());
      second.items.addAll(half);
      half.clear();
      second.items.forEach(item -> item.block = second);
      return second;
    }
  }

  /** One text in its place. */
  static final class Item {
    private final String text;

    /** Where it lies; null once it has gone. */
    private Block block;

    /** The item of the same text that came before it, if there is one; it may have gone. */
    private Item older;

    Item(String text, Block block) {
      this.text = text;
      this.block = block;
    }
  }
}
