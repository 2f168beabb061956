package io.modeldrift.expose;

import java.time.Instant;
import java.util.Optional;

/**
 * How the snapshots of this process went.
 *
 * @param count snapshots that were written
 * @param seconds how long these took together
 * @param failures snapshots that could not be written, or not be read at the start
 * @param bytes size of the newest one; 0 if there is none
 * @param lastSuccess when the newest one was written
 * @param restored when the snapshot was written that this process started from; absent if it
 *     started from nothing
 */
public record SnapshotFacts(
    long count,
    double seconds,
    long failures,
    long bytes,
    Optional<Instant> lastSuccess,
    Optional<Instant> restored) {

  /** Returns the facts before the first snapshot. */
  public static SnapshotFacts none() {
    return new SnapshotFacts(0, 0, 0, 0, Optional.empty(), Optional.empty());
  }

  /** Returns the facts after one more snapshot. */
  public SnapshotFacts written(double took, long size, Instant when) {
    return new SnapshotFacts(
        count + 1, seconds + took, failures, size, Optional.of(when), restored);
  }

  /** Returns the facts after one more failure. */
  public SnapshotFacts failed() {
    return new SnapshotFacts(count, seconds, failures + 1, bytes, lastSuccess, restored);
  }

  /** Returns the facts after a start from a snapshot. */
  public SnapshotFacts restoredFrom(Instant when) {
    return new SnapshotFacts(count, seconds, failures, bytes, lastSuccess, Optional.of(when));
  }
}
