package io.modeldrift.ingest;

import java.time.Duration;

/**
 * Bounds on the work that traffic can cause.
 *
 * @param queueBytes bodies that may wait for an observer thread
 * @param queueEntries payloads that may wait for an observer thread
 * @param bodyBytes the largest body, as sent; larger ones are read, discarded and rejected
 * @param observerThreads threads that decode and observe
 * @param readTimeout how long a connection may stay silent, also in the middle of a body
 * @param drainTimeout how long a stop waits for the queue to empty
 * @param sampleOneIn one payload in so many is observed; 1 for all
 */
public record IngestSettings(
    long queueBytes,
    int queueEntries,
    int bodyBytes,
    int observerThreads,
    Duration readTimeout,
    Duration drainTimeout,
    int sampleOneIn) {

  /** More would outlive the young generation of a small heap, and collecting it cost the most. */
  private static final long QUEUE_BYTES =
      Math.max(2L << 20, Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16));

  private static final IngestSettings DEFAULTS =
      new IngestSettings(
          QUEUE_BYTES, 10_000, 1 << 20, 1, Duration.ofSeconds(5), Duration.ofSeconds(10), 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a bound is not positive, or the queue cannot hold one body
   */
  public IngestSettings {
    checkPositive("queueEntries", queueEntries);
    checkPositive("bodyBytes", bodyBytes);
    checkPositive("observerThreads", observerThreads);
    checkPositive("sampleOneIn", sampleOneIn);
    checkPositive("readTimeout", readTimeout.toMillis());
    checkPositive("drainTimeout", drainTimeout.toMillis());
    if (queueBytes < 2L * bodyBytes) {
      throw new IllegalArgumentException(
          "queueBytes " + queueBytes + " cannot hold two bodies of " + bodyBytes);
    }
  }

  /**
   * Returns the defaults: a sixteenth of the heap, 2 to 32 MiB, and 10,000 payloads waiting, bodies
   * up to 1 MiB, one thread.
   */
  public static IngestSettings defaults() {
    return DEFAULTS;
  }

  private static void checkPositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " " + value + " is not positive");
    }
  }
}
