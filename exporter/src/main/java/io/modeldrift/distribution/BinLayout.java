package io.modeldrift.distribution;

/**
 * The bins of one column: fixed by a baseline, shared by everything that is counted against it.
 *
 * <p>Bins are numbered from 0. Every layout ends with a bin for missing and one for invalid values.
 * Counts may be added or compared only if their layouts have the same {@link #hash}.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface BinLayout permits NumericLayout, CategoricalLayout {

  /** Name of the bin of missing values: null, absent key, empty field, NaN. */
  String MISSING = "__missing__";

  /** Name of the bin of values that cannot be used: unparsable, infinite, not a scalar. */
  String INVALID = "__invalid__";

  /** Name of the bin of baseline categories that have no bin of their own. */
  String OTHER = "__other__";

  /** Name of the bin of categories that the baseline never saw. */
  String UNSEEN = "__unseen__";

  /** Returns the number of bins, special ones included. */
  int bins();

  /** Returns the value of the {@code bin} label: {@code 00} …, a category, or a special name. */
  String name(int bin);

  /** Returns the number of bins that hold values in order; 0 for categories. */
  int valueBins();

  /** Returns the bin of missing values. */
  default int missing() {
    return bins() - 2;
  }

  /** Returns the bin of invalid values. */
  default int invalid() {
    return bins() - 1;
  }

  /** Returns the SHA-256, in hexadecimal, over the kind and the edges or categories. */
  String hash();
}
