package io.modeldrift.decode;

import java.util.Arrays;

/** Where parts of something lie, in a list that is reused; not thread-safe. */
final class Spans {

  private int[] bounds = new int[32];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int from, int to) {
    if (2 * size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * size] = from;
    bounds[2 * size + 1] = to;
    size++;
  }

  int size() {
    return size;
  }

  /** Returns where a part begins. */
  int from(int part) {
    return bounds[2 * part];
  }

  /** Returns one past the end of a part. */
  int to(int part) {
    return bounds[2 * part + 1];
  }
}
