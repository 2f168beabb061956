package io.modeldrift.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a tensor, read as rows of equally many values.
 *
 * @param rows the first dimension; 1 for a tensor without dimensions
 * @param width values in a row
 * @param dimensions as the payload gives them
 */
record TensorShape(int rows, int width, long[] dimensions) {

  /**
   * Returns the shape of these dimensions, or null if one is negative or the product too large for
   * any payload.
   *
   * @param vector whether one dimension means one row of that many values
   */
  static @Nullable TensorShape of(long[] dimensions, boolean vector) {
    long count = 1;
    for (long dimension : dimensions) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        return null;
      }
      count *= dimension;
      if (count > Integer.MAX_VALUE) {
        return null;
      }
    }
    boolean oneRow = dimensions.length == 0 || (dimensions.length == 1 && vector);
    long rows = oneRow ? 1 : dimensions[0];
    return new TensorShape((int) rows, rows == 0 ? 0 : (int) (count / rows), dimensions);
  }

  /** Returns how many values there are. */
  int count() {
    return rows * width;
  }

  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
