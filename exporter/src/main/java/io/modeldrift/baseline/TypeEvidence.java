package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.NumberText;

/**
 * What the values of a column say about its type: numeric if it has values and all are numbers.
 *
 * <p>A column without a single value is categorical: whatever comes later is then unseen, and not
 * called invalid.
 */
final class TypeEvidence {

  private final boolean textNumbers;
  private final NumberText numberText = new NumberText();
  private long numbers;
  private long names;

  /** Takes texts as numbers where they are written like one, if so wanted. */
  TypeEvidence(boolean textNumbers) {
    this.textNumbers = textNumbers;
  }

  void add(Column column, int row) {
    switch (column.kind(row)) {
      case Column.NUMBER -> numbers++;
      case Column.TEXT -> {
        if (isNumber(column, row)) {
          numbers++;
        } else {
          names++;
        }
      }
      case Column.TRUE, Column.FALSE -> names++;
      default -> {}
    }
  }

  /** Returns how many values were numbers. */
  long numbers() {
    return numbers;
  }

  /** Returns how many values were texts or booleans. */
  long names() {
    return names;
  }

  ColumnType type() {
    return numbers > 0 && names == 0 ? ColumnType.NUMERIC : ColumnType.CATEGORICAL;
  }

  private boolean isNumber(Column column, int row) {
    return textNumbers
        && numberText.parse(column.textChars(), column.textOffset(row), column.textLength(row));
  }
}
