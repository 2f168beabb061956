package io.modeldrift.truth;

import java.util.Arrays;

/** Numbers in an array that grows. Not thread-safe. */
final class LongList {

  private long[] numbers = new long[16];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  int size() {
    return size;
  }

  /** Returns the numbers in ascending order and forgets them. */
  long[] drainSorted() {
    long[] sorted = Arrays.copyOf(numbers, size);
    Arrays.sort(sorted);
    numbers = new long[16];
    size = 0;
    return sorted;
  }
}
