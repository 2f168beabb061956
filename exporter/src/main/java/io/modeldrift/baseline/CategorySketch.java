package io.modeldrift.baseline;

import io.modeldrift.distribution.CategoryCounts;
import io.modeldrift.inference.Column;
import java.util.HashMap;
import java.util.Map;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;

/**
 * The frequent categories of a column (Misra and Gries 1982, in the form of Anderson et al. 2017).
 *
 * <p>Exact up to {@value #EXACT_CATEGORIES} different categories. Beyond that, numbers of rows are
 * too low by at most 0.03 % of the rows, so categories that are this close may trade places at the
 * end of the list, and categories that are rarer than this may be forgotten: they count as never
 * seen, as those beyond the cap on the tail do. Deterministic.
 */
final class CategorySketch implements ColumnSketch {

  /** The number of different categories up to which the sketch is exact: 3/4 of its slots. */
  static final int EXACT_CATEGORIES = 12_288;

  private static final int SLOTS = 1 << 14;

  private final ItemsSketch<String> frequencies = new ItemsSketch<>(SLOTS);
  private final CellText cellText = new CellText();

  @Override
  public void add(Column column, int row) {
    String category = cellText.category(column, row);
    if (category != null) {
      frequencies.update(category);
    }
  }

  @Override
  public ColumnBins bins(BaselineSettings settings) {
    Map<String, Long> atLeast = new HashMap<>();
    for (ItemsSketch.Row<String> row : frequencies.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES)) {
      if (row.getLowerBound() > 0) {
        atLeast.put(row.getItem(), row.getLowerBound());
      }
    }
    CategoryCounts counts = CategoryCounts.of(atLeast, settings.top(), settings.minRows(), 0, 0);
    return frequencies.getMaximumError() == 0
        ? ColumnBins.of(counts.layout(), atLeast)
        : ColumnBins.of(counts.layout());
  }
}
