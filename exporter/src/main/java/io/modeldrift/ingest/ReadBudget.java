package io.modeldrift.ingest;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * The memory that all bodies together may take while they arrive. Thread-safe.
 *
 * <p>A large body for which there is no room afterwards gets none, either: under overload, putting
 * together what is dropped then would cost more than all that is observed.
 */
final class ReadBudget {

  /** Reading a body up to this size costs less than asking whether it is worth it. */
  private static final int SMALL_BYTES = 8_192;

  private final long limit;
  private final LongPredicate roomAfterwards;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Takes the bounds.
   *
   * @param roomAfterwards whether there is room for a body of so many bytes once it has arrived
   */
  ReadBudget(long limit, LongPredicate roomAfterwards) {
    this.limit = limit;
    this.roomAfterwards = roomAfterwards;
  }

  /** Whether it is worth putting a body of this size together. */
  boolean admits(long body) {
    return body <= SMALL_BYTES || roomAfterwards.test(body);
  }

  /** Takes so many bytes if they are there; returns whether they were. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= limit) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
