package io.modeldrift.distribution;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Bins of a categorical column: one for each own category, then other, unseen, missing, invalid.
 *
 * <p>Other takes the categories of the baseline that have no bin of their own; they are remembered
 * as {@linkplain TextHash hashes}. Unseen takes everything else.
 *
 * <p>Looking up a category allocates nothing and takes time linear in its length.
 */
public final class CategoricalLayout implements BinLayout {

  /** The largest number of own categories. */
  public static final int MAX_CATEGORIES = 500;

  /** The largest number of tail categories that are remembered. */
  public static final int MAX_TAIL = 10_000;

  /** The largest number of bytes of a label value; a longer category is cut and a hash added. */
  public static final int MAX_NAME_BYTES = 200;

  private final List<String> categories;
  private final String[] names;
  private final long[] tail;
  private final int[] slots;
  private final String hash;

  private CategoricalLayout(List<String> categories, long[] tail) {
    this.categories = categories;
    this.tail = tail;
    this.names = categories.stream().map(CategoricalLayout::labelValue).toArray(String[]::new);
    this.slots = slots(categories);
    LayoutHash layoutHash = new LayoutHash("categorical");
    categories.forEach(layoutHash::add);
    this.hash = layoutHash.hex();
  }

  /**
   * Returns the layout with these own categories and these hashes of further baseline categories.
   *
   * @throws IllegalArgumentException if a category stands there twice, or there are more than
   *     {@value #MAX_CATEGORIES} categories or {@value #MAX_TAIL} hashes
   */
  public static CategoricalLayout of(List<String> categories, long[] tailHashes) {
    Set<String> distinct = new HashSet<>();
    for (String category : categories) {
      if (!distinct.add(category)) {
        throw new IllegalArgumentException("category \"" + category + "\" stands there twice");
      }
    }
    if (categories.size() > MAX_CATEGORIES || tailHashes.length > MAX_TAIL) {
      throw new IllegalArgumentException(
          categories.size()
              + " categories and "
              + tailHashes.length
              + " tail hashes are more than "
              + MAX_CATEGORIES
              + " and "
              + MAX_TAIL);
    }
    long[] tail = tailHashes.clone();
    Arrays.sort(tail);
    return new CategoricalLayout(List.copyOf(categories), tail);
  }

  /** Returns the bin of a category that lies in an array of chars. */
  public int indexOf(char[] chars, int offset, int length) {
    long textHash = TextHash.of(chars, offset, length);
    for (int slot = (int) textHash & (slots.length - 1);
        slots[slot] >= 0;
        slot = (slot + 1) & (slots.length - 1)) {
      if (matches(categories.get(slots[slot]), chars, offset, length)) {
        return slots[slot];
      }
    }
    return tailBin(textHash);
  }

  private int tailBin(long textHash) {
    return Arrays.binarySearch(tail, textHash) >= 0 ? other() : unseen();
  }

  /** Returns the own categories, in the order of their bins. */
  public List<String> categories() {
    return categories;
  }

  /** Returns a copy of the hashes of baseline categories without a bin of their own, ascending. */
  public long[] tailHashes() {
    return tail.clone();
  }

  /** Returns the bin of baseline categories without a bin of their own. */
  public int other() {
    return categories.size();
  }

  /** Returns the bin of categories that the baseline never saw. */
  public int unseen() {
    return categories.size() + 1;
  }

  @Override
  public int bins() {
    return categories.size() + 4;
  }

  @Override
  public int valueBins() {
    return 0;
  }

  @Override
  public String name(int bin) {
    if (bin < names.length) {
      return names[bin];
    }
    return switch (bin - names.length) {
      case 0 -> OTHER;
      case 1 -> UNSEEN;
      case 2 -> MISSING;
      default -> INVALID;
    };
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CategoricalLayout that
        && hash.equals(that.hash)
        && Arrays.equals(tail, that.tail);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "CategoricalLayout" + categories + "+" + tail.length;
  }

  private static boolean matches(String category, char[] chars, int offset, int length) {
    if (category.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (category.charAt(i) != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }

  /** Open addressing at a load of at most one half; -1 is an empty slot. */
  private static int[] slots(List<String> categories) {
    int[] slots = new int[Integer.highestOneBit(Math.max(4, categories.size() * 4 - 1))];
    Arrays.fill(slots, -1);
    for (int i = 0; i < categories.size(); i++) {
      int slot = (int) TextHash.of(categories.get(i)) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = i;
    }
    return slots;
  }

  /** A category that is too long, or looks like a special bin, gets a hash to tell it apart. */
  private static String labelValue(String category) {
    byte[] bytes = category.getBytes(StandardCharsets.UTF_8);
    boolean special = category.startsWith("__") && category.endsWith("__");
    if (bytes.length <= MAX_NAME_BYTES && !special) {
      return category;
    }
    String suffix = "~" + HexFormat.of().toHexDigits(TextHash.of(category));
    int end = category.length();
    while (category.substring(0, end).getBytes(StandardCharsets.UTF_8).length + suffix.length()
        > MAX_NAME_BYTES) {
      end = category.offsetByCodePoints(end, -1);
    }
    return category.substring(0, end) + suffix;
  }
}
