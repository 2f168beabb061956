package io.modeldrift.truth;

/**
 * What the index knows of an entry in 31 bits: its kind, and the low bits of its number.
 *
 * <p>The rest of the number follows from the number that the next entry would have: a store holds
 * far fewer than 2^29 entries of a kind.
 */
final class Reference {

  static final int PREDICTION = 0;
  static final int TRUTH = 1;
  static final int END = 2;

  private static final int BITS = 29;
  private static final int MASK = (1 << BITS) - 1;

  private Reference() {}

  static int of(int kind, long number) {
    return (kind << BITS) | (int) (number & MASK);
  }

  static int kind(int reference) {
    return reference >>> BITS;
  }

  /** Returns the number of the entry; {@code next} is the one that the next entry would have. */
  static long number(int reference, long next) {
    long last = next - 1;
    return last - ((last - (reference & MASK)) & MASK);
  }
}
