package io.modeldrift.ingest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts one request body together as it arrives, up to a cap and within the budget of all bodies.
 *
 * <p>Memory is taken for what has arrived, not for what was announced. Not thread-safe.
 */
final class BodyCollector {

  private static final int DISCARD_FACTOR = 8;
  private static final int FIRST_BYTES = 8_192;

  private final int cap;
  private final long announced;
  private final ReadBudget budget;
  private byte @Nullable [] bytes = {};
  private int reserved;
  private long length;

  /** What came of reading a body. */
  sealed interface Body {
    /** The whole body. */
    record Complete(byte[] bytes) implements Body {}

    /** More than the cap; {@code drained} says whether the end was reached all the same. */
    record TooLarge(long bytes, boolean drained) implements Body {}

    /** It did not arrive as announced, or not in time. */
    record Lost() implements Body {}

    /** Too many bodies are being read at once, or wait; it was thrown away. */
    record NoRoom(boolean drained) implements Body {}
  }

  /**
   * Starts with nothing.
   *
   * @param announced the length as the client says, -1 if it does not
   */
  BodyCollector(int cap, long announced, ReadBudget budget) {
    this.cap = cap;
    this.announced = announced;
    this.budget = budget;
    if (announced > cap) {
      bytes = null;
    }
  }

  /** Takes what has arrived; returns whether the rest is worth reading, be it to throw it away. */
  boolean add(byte[] chunk, int count) {
    if (bytes != null && fits(length + count)) {
      System.arraycopy(chunk, 0, bytes, (int) length, count);
    }
    length += count;
    return length <= (long) cap * DISCARD_FACTOR;
  }

  /** Returns the body once its end has been reached. */
  Body end() {
    if (announced > length) {
      return new Body.Lost();
    }
    if (bytes == null) {
      return thrownAway(true);
    }
    return new Body.Complete(bytes.length == length ? bytes : Arrays.copyOf(bytes, (int) length));
  }

  /** Returns what can be said about a body whose end is not worth waiting for. */
  Body giveUp() {
    return thrownAway(false);
  }

  /** Gives the memory back to the budget; call it in any case. */
  void release() {
    budget.release(reserved);
    reserved = 0;
  }

  private Body thrownAway(boolean drained) {
    boolean tooLarge = announced > cap || length > cap;
    return tooLarge
        ? new Body.TooLarge(drained ? length : Math.max(length, announced), drained)
        : new Body.NoRoom(drained);
  }

  private boolean fits(long needed) {
    if (needed > cap) {
      bytes = null;
      release();
      return false;
    }
    if (bytes != null && needed > bytes.length) {
      int size = (int) Math.min(cap, Math.max(needed, Math.max(FIRST_BYTES, bytes.length * 2L)));
      if (announced >= needed) {
        size = (int) Math.min(size, announced);
      }
      if (!budget.admits(Math.max(size, announced)) || !budget.take(size - reserved)) {
        bytes = null;
        release();
        return false;
      }
      reserved = size;
      bytes = Arrays.copyOf(bytes, size);
    }
    return bytes != null;
  }
}
