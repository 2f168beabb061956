package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
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
public final class VersionStore implements StatePart {

  private volatile List<VersionComparison> comparisons;
  private List<Window> windows;
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
    this.windows = windows;
    this.comparisons = pairs.stream().map(pair -> new VersionComparison(pair, windows)).toList();
    this.baselines = baselines;
    this.time = time;
  }

  /** Counts the outputs of a batch, if its version is to be compared. */
  public void observe(InferenceBatch batch) {
    List<VersionComparison> compared = comparisons;
    if (compared.isEmpty() || batch.kind() == BatchKind.REQUEST) {
      return;
    }
    Instant now = time.instant();
    for (VersionComparison comparison : compared) {
      if (comparison.pair().champion().equals(batch.model())) {
        comparison.observeChampion(batch, now);
      } else if (comparison.pair().challenger().equals(batch.model())) {
        comparison.observeChallenger(
            batch, baselines.apply(comparison.pair().champion()).orElse(null), now);
      }
    }
  }

  /** Compares other versions from now on; a comparison that stays the same goes on. */
  public synchronized void reconfigure(List<VersionPair> pairs, List<Window> newWindows) {
    List<VersionComparison> before = newWindows.equals(windows) ? comparisons : List.of();
    windows = newWindows;
    comparisons =
        pairs.stream()
            .map(
                pair ->
                    before.stream()
                        .filter(comparison -> comparison.pair().equals(pair))
                        .findFirst()
                        .orElseGet(() -> new VersionComparison(pair, newWindows)))
            .toList();
  }

  @Override
  public String stateName() {
    return "versions";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  @Override
  public void save(Sections sections) throws IOException {
    for (VersionComparison comparison : comparisons) {
      StateOutput section = new StateOutput();
      section.text(comparison.pair().toString());
      comparison.save(section, time.instant());
      sections.add(section);
    }
  }

  /** Goes on with a comparison, if it is still configured just so. */
  @Override
  public void restore(StateInput section, boolean continuous) throws SnapshotException {
    String pair = section.text();
    for (VersionComparison comparison : comparisons) {
      if (comparison.pair().toString().equals(pair)) {
        comparison.restore(
            section,
            continuous,
            baselines.apply(comparison.pair().champion()).orElse(null),
            time.instant());
      }
    }
  }

  /** Returns all comparisons, in the order of their configuration. */
  public List<VersionSnapshot> snapshots() {
    Instant now = time.instant();
    return comparisons.stream().map(comparison -> comparison.snapshot(now)).toList();
  }
}
