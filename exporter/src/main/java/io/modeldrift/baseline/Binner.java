package io.modeldrift.baseline;

import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.NumberText;

/**
 * Finds the bin of a cell: the one place where baselines and live traffic agree on what a value is.
 *
 * <p>In a numeric column a boolean is 1 or 0, a text is parsed after trimming, NaN is missing, and
 * what is not a finite number is invalid. In a categorical column a boolean is {@code true} or
 * {@code false}, and a number is its canonical text, integers without a fraction. A text longer
 * than {@value #MAX_CATEGORY_CHARS} chars is no category that could come back: it counts as unseen
 * on both sides.
 *
 * <p>Not thread-safe: it keeps the last value and small buffers. Constant memory; allocates nothing
 * except for numbers with unusually many digits.
 */
public final class Binner {

  /** The largest number of chars of a text that can be a category. */
  public static final int MAX_CATEGORY_CHARS = 1_000;

  private static final char[] TRUE = {'t', 'r', 'u', 'e'};
  private static final char[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private final BinLayout layout;
  private final NumberText numberText = new NumberText();
  private final CategoryText categoryText = new CategoryText();
  private double value;
  private boolean infinite;

  /** Finds bins of this layout. */
  public Binner(BinLayout layout) {
    this.layout = layout;
  }

  public BinLayout layout() {
    return layout;
  }

  /** Returns the bin of the cell in this row. */
  public int bin(Column column, int row) {
    value = 0;
    infinite = false;
    if (layout instanceof NumericLayout numeric) {
      return numericBin(numeric, column, row);
    }
    return categoricalBin((CategoricalLayout) layout, column, row);
  }

  /**
   * Returns the finite number that the last call of {@link #bin} found in a numeric column; 0 if
   * the cell held none, so that adding it to the sum of its bin is always right.
   */
  public double value() {
    return value;
  }

  /** Returns whether the last call of {@link #bin} found a number beyond all bounds. */
  public boolean isInfinite() {
    return infinite;
  }

  private int numericBin(NumericLayout numeric, Column column, int row) {
    return switch (column.kind(row)) {
      case Column.NUMBER -> numberBin(numeric, column.number(row));
      case Column.TEXT -> textBin(numeric, column, row);
      case Column.TRUE -> numberBin(numeric, 1);
      case Column.FALSE -> numberBin(numeric, 0);
      case Column.OPAQUE -> numeric.invalid();
      default -> numeric.missing();
    };
  }

  private int textBin(NumericLayout numeric, Column column, int row) {
    return numberText.parse(column.textChars(), column.textOffset(row), column.textLength(row))
        ? numberBin(numeric, numberText.value() + 0.0)
        : numeric.invalid();
  }

  private int numberBin(NumericLayout numeric, double number) {
    int bin = numeric.indexOf(number);
    infinite = Double.isInfinite(number);
    if (bin < numeric.valueBins()) {
      value = number;
    }
    return bin;
  }

  private int categoricalBin(CategoricalLayout categorical, Column column, int row) {
    return switch (column.kind(row)) {
      case Column.NUMBER -> numberCategory(categorical, column.number(row));
      case Column.TEXT -> textCategory(categorical, column, row);
      case Column.TRUE -> categorical.indexOf(TRUE, 0, TRUE.length);
      case Column.FALSE -> categorical.indexOf(FALSE, 0, FALSE.length);
      case Column.OPAQUE -> categorical.invalid();
      default -> categorical.missing();
    };
  }

  private static int textCategory(CategoricalLayout categorical, Column column, int row) {
    int length = column.textLength(row);
    return length > MAX_CATEGORY_CHARS
        ? categorical.unseen()
        : categorical.indexOf(column.textChars(), column.textOffset(row), length);
  }

  private int numberCategory(CategoricalLayout categorical, double number) {
    if (!Double.isFinite(number)) {
      infinite = Double.isInfinite(number);
      return Double.isNaN(number) ? categorical.missing() : categorical.invalid();
    }
    categoryText.write(number);
    return categorical.indexOf(categoryText.chars(), categoryText.offset(), categoryText.length());
  }
}
