package io.modeldrift.truth;

/** Counts and sums that add up. */
interface Accumulator<T extends Accumulator<T>> {

  /** Adds what another one holds. */
  void add(T other);

  /** Forgets everything. */
  void clear();
}
