package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.Noise;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How often windows of one kind were flagged: by the verdict, at a zero tolerance and a target of 1
 * %, and by the fixed bars of 0.1 and 0.25 that others use.
 */
final class Rates {

  private static final double TARGET = 0.01;

  private final ThresholdQuantiles quantiles;
  long windows;
  long judged;
  long warning;
  long drifted;
  long fixedModerate;
  long fixedLarge;
  private final Map<Measure, Long> zeroTolerance = new EnumMap<>(Measure.class);

  Rates(ThresholdQuantiles quantiles) {
    this.quantiles = quantiles;
  }

  void add(ColumnReference reference, BinnedCounts current) {
    windows++;
    BinnedPair pair =
        BinnedPair.ordered(
            reference.column().counts(),
            current,
            reference.column().layout().valueBins(),
            reference.column().standardDeviation());
    double psi = Measure.PSI.score(pair).asOptional().orElseThrow();
    fixedModerate += psi > 0.1 ? 1 : 0;
    fixedLarge += psi > 0.25 ? 1 : 0;
    if (ColumnAssessment.of(reference, current, DriftSettings.withDefaults())
        instanceof ColumnAssessment.Scorable scorable) {
      judged++;
      addVerdict(scorable.scores());
      addZeroTolerance(Noise.of(pair, reference.dispersion(), reference.wassersteinNull()), pair);
    }
  }

  long zeroTolerance(Measure measure) {
    return zeroTolerance.getOrDefault(measure, 0L);
  }

  private void addVerdict(ColumnScores scores) {
    FamilyLevels levels = FamilyLevels.of(List.of(scores), DriftSettings.withDefaults());
    DriftState level = scores.level(levels);
    warning += level.isAtLeast(DriftState.WARNING) ? 1 : 0;
    drifted += level.isAtLeast(DriftState.DRIFTED) ? 1 : 0;
  }

  private void addZeroTolerance(Noise noise, BinnedPair pair) {
    for (Measure measure : List.of(Measure.PSI, Measure.KS, Measure.WASSERSTEIN)) {
      OptionalDouble score = measure.score(pair).asOptional();
      OptionalDouble threshold = noise.threshold(measure, 0, TARGET, quantiles);
      if (score.isPresent()
          && threshold.isPresent()
          && score.getAsDouble() > threshold.getAsDouble()) {
        zeroTolerance.merge(measure, 1L, Long::sum);
      }
    }
  }
}
