package io.modeldrift.observe;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all models together may take of the heap, so that many or wide ones cannot end the exporter.
 *
 * <p>Thread-safe.
 */
final class HeapShare {

  /** A column with all that is kept, evaluated and exposed of it, and as much again to spare. */
  private static final long BYTES_PER_COLUMN = 100_000;

  private static final int LEARNING_PART = 8;

  private final long heapBytes;
  private final AtomicInteger learners = new AtomicInteger();

  HeapShare(long heapBytes) {
    this.heapBytes = heapBytes;
  }

  /** Returns how many columns all models together may have if they are learned from traffic. */
  long maxColumns() {
    return heapBytes / BYTES_PER_COLUMN;
  }

  /** Tells that one more model keeps rows to learn from. */
  void learnerCame() {
    learners.incrementAndGet();
  }

  /** Tells that a model keeps no rows any more. */
  void learnerWent() {
    learners.decrementAndGet();
  }

  /** Returns how many bytes of rows each model that learns may keep. */
  long bytesPerLearner() {
    return heapBytes / LEARNING_PART / Math.max(1, learners.get());
  }
}
