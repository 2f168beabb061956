package io.modeldrift.expose;

/**
 * The CRC-32 of two texts one after the other, from those of each.
 *
 * <p>A CRC is a remainder of polynomials over two elements. Appending n bytes multiplies what came
 * before by x^8n, to which the remainder of the second text is added. In an {@code int} the
 * coefficient of x^0 is the highest bit.
 */
final class JoinedCrc {

  private static final int POLYNOMIAL = 0xedb88320;
  private static final int ONE = 1 << 31;
  private static final int X8 = ONE >>> 8;

  private JoinedCrc() {}

  /**
   * Joins two.
   *
   * @param secondLength bytes of the second text
   */
  static int of(int first, int second, long secondLength) {
    return product(first, power(X8, secondLength)) ^ second;
  }

  private static int power(int base, long exponent) {
    int power = ONE;
    int square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        power = product(power, square);
      }
      square = product(square, square);
    }
    return power;
  }

  private static int product(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      product ^= (a & bit) != 0 ? shifted : 0;
      shifted = (shifted >>> 1) ^ ((shifted & 1) != 0 ? POLYNOMIAL : 0);
    }
    return product;
  }
}
