package dev.trackerd.server.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftListTest {
  /**
   * Lists shorter than one block and longer than several, of few texts (many twice) and of many.
   */
  @ParameterizedTest
  @CsvSource({"0, 3", "5, 4", "40, 1000", "700, 20", "2000, 1000", "3000, 100000"})
  void draft_isWhatTheSameOperationsMakeOfAPlainList(int length, int texts) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<String> plain = texts(random, length, texts);
      DraftList draft = new DraftList(List.copyOf(plain));
      for (int i = 0; i < 300; i++) {
        change(random, texts, draft, plain);
        assertThat(draft.size()).isEqualTo(plain.size());
      }
      assertThat(draft.toList()).as("seed %s", seed).isEqualTo(plain);
    }
  }

  @Test
  void draft_growsByManyItemsInOnePlace() {
    List<String> plain = new ArrayList<>(List.of("first", "last"));
    DraftList draft = new DraftList(plain);
    draft.addAbsent(plain);
    for (int i = 0; i < 10 * DraftList.MAX_BLOCK; i++) {
      draft.add(1, "item " + i);
      plain.add(1, "item " + i);
    }
    assertThat(draft.toList()).isEqualTo(plain);

    List<String> some = plain.stream().filter(item -> item.endsWith("7")).toList();
    draft.removeAll(some);
    plain.removeAll(some);
    assertThat(draft.toList()).isEqualTo(plain);
  }

  @Test
  void draft_looksAtALongListOnceWhateverTheOperations() {
    int length = 100_000;
    CountingList stored = new CountingList(length);
    CountingMap index = new CountingMap();
    DraftList draft = new DraftList(stored, () -> index);
    int operations = 1000;
    for (int i = 0; i < operations; i += 5) {
      draft.addAbsent(List.of("new " + i));
      draft.removeAll(List.of("phrase " + i));
      draft.add(i * 7, "put " + i);
      draft.set(i * 11, "set " + i);
      draft.remove(i * 13);
    }

    assertThat(draft.toList()).hasSize(draft.size());
    assertThat(stored.reads).isEqualTo(length);
    assertThat(index.steps).isBetween(length, length + 5 * operations);
  }

  private static void change(Random random, int texts, DraftList draft, List<String> plain) {
    List<String> some = texts(random, random.nextInt(4), texts);
    int end = plain.size();
    switch (random.nextInt(end == 0 ? 3 : 6)) {
      case 0 -> {
        Set<String> absent = new LinkedHashSet<>(some);
        absent.removeAll(new HashSet<>(plain));
        plain.addAll(absent);
        draft.addAbsent(some);
      }
      case 1 -> {
        plain.removeIf(some::contains);
        draft.removeAll(some);
      }
      case 2 -> {
        int index = place(random, end + 1);
        plain.add(index, "put " + random.nextInt(texts));
        draft.add(index, plain.get(index));
      }
      case 3 -> {
        int index = place(random, end);
        plain.set(index, "text " + random.nextInt(texts));
        draft.set(index, plain.get(index));
      }
      case 4 -> {
        int index = place(random, end);
        plain.remove(index);
        draft.remove(index);
      }
      default -> {
        if (random.nextInt(100) == 0) {
          plain.clear();
          plain.addAll(some);
          draft.setAll(some);
        }
      }
    }
  }

  /** The ends more often than one by one of the places between. */
  private static int place(Random random, int size) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> size - 1;
      default -> random.nextInt(size);
    };
  }

  private static List<String> texts(Random random, int length, int texts) {
    return new ArrayList<>(
        IntStream.range(0, length).mapToObj(i -> "text " + random.nextInt(texts)).toList());
  }

  private static final class CountingList extends AbstractList<String> {
    private final int length;
    private int reads;

    CountingList(int length) {
      this.length = length;
    }

    @Override
    public String get(int index) {
      reads++;
      return "phrase " + index;
    }

    @Override
    public int size() {
      return length;
    }
  }

  private static final class CountingMap extends HashMap<String, DraftList.Item> {
    private static final long serialVersionUID = 1L;

    private int steps;

    @Override
    public DraftList.Item get(Object text) {
      steps++;
      return super.get(text);
    }

    @Override
    public DraftList.Item put(String text, DraftList.Item item) {
      steps++;
      return super.put(text, item);
    }

    @Override
    public DraftList.Item remove(Object text) {
      steps++;
      return super.remove(text);
    }
  }
}
