package io.modeldrift.baseline;

import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.TextHash;
import java.util.Arrays;
import java.util.Map;

/**
 * The layout of a column, and the one that its own baseline rows are counted with.
 *
 * <p>They differ in the tail only: a category that the baseline saw once is part of the tail for
 * live values, but the baseline row itself counts as unseen (Good and Turing). Both have the same
 * bins.
 *
 * @param layout what the baseline publishes
 * @param counting what the baseline's rows are counted with
 */
record ColumnBins(BinLayout layout, BinLayout counting) {

  /** Returns bins that are counted as they are. */
  static ColumnBins of(BinLayout layout) {
    return new ColumnBins(layout, layout);
  }

  /** Returns bins of categories whose exact numbers of rows are known. */
  static ColumnBins of(CategoricalLayout layout, Map<String, Long> frequencies) {
    long[] singles =
        frequencies.entrySet().stream()
            .filter(entry -> entry.getValue() == 1)
            .mapToLong(entry -> TextHash.of(entry.getKey()))
            .sorted()
            .toArray();
    long[] seenAgain =
        Arrays.stream(layout.tailHashes())
            .filter(hash -> Arrays.binarySearch(singles, hash) < 0)
            .toArray();
    return new ColumnBins(layout, CategoricalLayout.of(layout.categories(), seenAgain));
  }
}
