package io.modeldrift.distribution;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How often each category occurs in a baseline, and the layout that follows from it.
 *
 * <p>The most frequent categories get bins of their own. Of the rest, those seen once count as
 * unseen (Good and Turing: their share is the expected share of categories never seen), the others
 * as other. Tail categories beyond {@link CategoricalLayout#MAX_TAIL} count as unseen on both
 * sides.
 *
 * @param layout the own categories and the remembered tail
 * @param counts the baseline's count of every bin
 */
public record CategoryCounts(CategoricalLayout layout, BinnedCounts counts) {

  private static final Comparator<Map.Entry<String, Long>> BY_COUNT_THEN_BYTES =
      Comparator.<Map.Entry<String, Long>>comparingLong(Map.Entry::getValue)
          .reversed()
          .thenComparing(entry -> utf8(entry.getKey()), Arrays::compareUnsigned);

  /**
   * Lays out the categories of a baseline.
   *
   * @param frequencies rows of each category, at least 1
   * @param top the largest number of own categories
   * @param minRows how many rows an own category must have
   * @param missing rows without a value
   * @param invalid rows with a value that cannot be used
   */
  public static CategoryCounts of(
      Map<String, Long> frequencies, int top, long minRows, long missing, long invalid) {
    List<Map.Entry<String, Long>> ordered = new ArrayList<>(frequencies.entrySet());
    ordered.sort(BY_COUNT_THEN_BYTES);
    int own = 0;
    while (own < ordered.size() && own < top && ordered.get(own).getValue() >= minRows) {
      own++;
    }
    int remembered = Math.min(ordered.size(), own + CategoricalLayout.MAX_TAIL);
    long[] tail = new long[remembered - own];
    long[] counts = new long[own + 4];
    counts[own + 2] = missing;
    counts[own + 3] = invalid;
    for (int i = 0; i < ordered.size(); i++) {
      long rows = ordered.get(i).getValue();
      if (i < own) {
        counts[i] = rows;
      } else if (i < remembered) {
        tail[i - own] = TextHash.of(ordered.get(i).getKey());
        counts[rows == 1 ? own + 1 : own] += rows;
      } else {
        counts[own + 1] += rows;
      }
    }
    List<String> categories = ordered.subList(0, own).stream().map(Map.Entry::getKey).toList();
    return new CategoryCounts(CategoricalLayout.of(categories, tail), BinnedCounts.of(counts));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
