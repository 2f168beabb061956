package io.modeldrift.decode;

import java.util.Arrays;

/**
 * Where parts of something lie, in a list that is reused; not thread-safe.
 *
 * <p>Bounded by the heap: millions of parts fit into a body, and take more memory than it does.
 */
final class Spans {

  /** As many parts as a payload may have values. */
  private static final int MAX_PARTS = DecodeSettings.defaults().maxCells();

  private static final int RETAINED_BOUNDS = 1 << 16;

  private int[] bounds = new int[32];
  private int size;

  void clear() {
    size = 0;
    if (bounds.length > RETAINED_BOUNDS) {
      bounds = new int[32];
    }
  }

  void add(int from, int to) {
    if (size == MAX_PARTS) {
      throw new Rejection(
          RejectReason.TOO_LARGE, "more than " + MAX_PARTS + " elements or cells in a row");
    }
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
