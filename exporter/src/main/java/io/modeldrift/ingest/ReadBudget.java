package io.modeldrift.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all bodies together may take while they arrive. Thread-safe. */
final class ReadBudget {

  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  ReadBudget(long limit) {
    this.limit = limit;
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
