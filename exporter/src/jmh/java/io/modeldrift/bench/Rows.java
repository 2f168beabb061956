package io.modeldrift.bench;

import java.util.SplittableRandom;

/**
 * Numbers as models get them: a quarter each of integers, amounts with two decimals, rounded values
 * with six, and doubles with all their digits, which is what Python writes.
 */
public final class Rows {

  public static final int COLUMNS = 20;
  public static final int ROWS = 32;
  public static final int VALUES = COLUMNS * ROWS;

  private Rows() {}

  /** Returns rows of numbers; the same at every call. */
  public static double[][] numbers(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      for (int column = 0; column < columns; column++) {
        double value = gaussian(random);
        row[column] =
            switch (column % 4) {
              case 0 -> Math.rint(1000 * value);
              case 1 -> Math.rint(10_000 * value) / 100;
              case 2 -> Math.rint(1e6 * value) / 1e6;
              default -> value;
            };
      }
    }
    return numbers;
  }

  /** Returns a number as Python and JavaScript write it: integers without a point. */
  public static String text(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
