package io.modeldrift.baseline;

import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several numeric input columns of one batch, with cells read as everywhere else. */
final class NumberCells {

  private static final NumericLayout ANY_NUMBER = NumericLayout.of(new double[0], 0);

  private final String[] names;
  private final @Nullable Column[] columns;
  private final Binner binner = new Binner(ANY_NUMBER);

  NumberCells(List<String> names) {
    this.names = names.toArray(String[]::new);
    this.columns = new @Nullable Column[names.size()];
  }

  void bind(InferenceBatch batch) {
    for (int i = 0; i < names.length; i++) {
      columns[i] = batch.find(Role.INPUT, names[i]);
    }
  }

  /** Returns the number in a cell; NaN if it is missing, infinite if it cannot be used. */
  double at(int index, int row) {
    Column column = columns[index];
    if (column == null) {
      return Double.NaN;
    }
    int bin = binner.bin(column, row);
    if (bin < ANY_NUMBER.valueBins()) {
      return binner.value();
    }
    return bin == ANY_NUMBER.missing() ? Double.NaN : Double.POSITIVE_INFINITY;
  }
}
