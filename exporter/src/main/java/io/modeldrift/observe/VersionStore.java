package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts what the versions that are to be compared answered.
 *
 * <p>Nothing is kept unless comparisons are configured. Thread-safe.
 */
public final class VersionStore {

  private final List<VersionComparison> comparisons;
  private final Function<ModelKey, Optional<Baseline>> baselines;
  private final InstantSource time;

  /**
   * Compares these versions.
   *
   * @param baselines the baseline in force of a model version, if there is one
   */
  public VersionStore(
      List<VersionPair> pairs,
      List<Window> windows,
      Function<ModelKey, Optional<Baseline>> baselines,
      InstantSource time) {
    this.comparisons = pairs.stream().map(pair -> new VersionComparison(pair, windows)).toList();
    this.baselines = baselines;
    this.time = time;
  }

  /** Counts the outputs of a batch, if its version is to be compared. */
  public void observe(InferenceBatch batch) {
    if (comparisons.isEmpty() || batch.kind() == BatchKind.REQUEST) {
      return;
    }
    Instant now = time.instant();
    for (VersionComparison comparison : comparisons) {
      if (comparison.pair().champion().equals(batch.model())) {
        comparison.observeChampion(batch, now);
      } else if (comparison.pair().challenger().equals(batch.model())) {
        comparison.observeChallenger(
            batch, baselines.apply(comparison.pair().champion()).orElse(null), now);
      }
    }
  }

  /** Returns all comparisons, in the order of their configuration. */
  public List<VersionSnapshot> snapshots() {
    Instant now = time.instant();
    return comparisons.stream().map(comparison -> comparison.snapshot(now)).toList();
  }
}
