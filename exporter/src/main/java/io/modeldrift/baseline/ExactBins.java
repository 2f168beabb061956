package io.modeldrift.baseline;

import io.modeldrift.distribution.CategoryCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Finds out type and bins of a column whose values all lie in memory. */
final class ExactBins {

  private static final NumericLayout ANY_NUMBER = NumericLayout.of(new double[0], 0);

  private final BaselineSettings settings;
  private final CellText cellText = new CellText();

  ExactBins(BaselineSettings settings) {
    this.settings = settings;
  }

  ColumnBins of(Column column, int rows) {
    ColumnSettings said = settings.column(column.name());
    if (!said.edges().isEmpty()) {
      return ColumnBins.of(said.layout());
    }
    ColumnType type = said.type();
    if (type == null) {
      type = inferred(column, rows);
    }
    return type == ColumnType.NUMERIC ? quantiles(column, rows) : categories(column, rows);
  }

  private ColumnType inferred(Column column, int rows) {
    TypeEvidence evidence = new TypeEvidence(settings.textNumbers());
    for (int row = 0; row < rows; row++) {
      evidence.add(column, row);
    }
    return evidence.type();
  }

  private ColumnBins quantiles(Column column, int rows) {
    Binner binner = new Binner(ANY_NUMBER);
    double[] numbers = new double[rows];
    int found = 0;
    for (int row = 0; row < rows; row++) {
      if (binner.bin(column, row) < ANY_NUMBER.valueBins()) {
        numbers[found++] = binner.value();
      }
    }
    double[] sorted = Arrays.copyOf(numbers, found);
    Arrays.sort(sorted);
    return ColumnBins.of(NumericLayout.ofQuantiles(sorted, settings.bins()));
  }

  private ColumnBins categories(Column column, int rows) {
    Map<String, Long> frequencies = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      String category = cellText.category(column, row);
      if (category != null) {
        frequencies.merge(category, 1L, Long::sum);
      }
    }
    CategoryCounts counts =
        CategoryCounts.of(frequencies, settings.top(), settings.minRows(), 0, 0);
    return ColumnBins.of(counts.layout(), frequencies);
  }
}
