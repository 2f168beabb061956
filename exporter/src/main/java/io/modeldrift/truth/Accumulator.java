package io.modeldrift.truth;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;

/** Counts and sums that add up. */
interface Accumulator<T extends Accumulator<T>> {

  /** Adds what another one holds. */
  void add(T other);

  /** Forgets everything. */
  void clear();

  /** Writes everything. */
  void save(StateOutput out);

  /**
   * Reads what one of the same kind wrote, in place of what this one holds.
   *
   * @throws SnapshotException if these are no such counts; it is then of no use
   */
  void restore(StateInput in) throws SnapshotException;
}
