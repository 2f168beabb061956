package io.modeldrift.evaluate;

import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.Contribution;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.Noise;
import io.modeldrift.statistics.Result;
import io.modeldrift.statistics.Severity;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The drift scores and p-values of one column in one window: what can be computed before the rest
 * of the family is known. Thresholds come afterwards, at the level that the family leaves.
 */
final class ColumnScores {

  private final ColumnReference reference;
  private final BinnedPair pair;
  private final Noise noise;
  private final OptionalLong requiredRows;
  private final RawScore verdict;
  private final List<RawScore> published;

  private ColumnScores(
      ColumnReference reference,
      BinnedPair pair,
      Noise noise,
      OptionalLong requiredRows,
      RawScore verdict) {
    this.reference = reference;
    this.pair = pair;
    this.noise = noise;
    this.requiredRows = requiredRows;
    this.verdict = verdict;
    this.published = new ArrayList<>(reference.measures().size());
    for (Measure measure : reference.measures()) {
      if (measure == verdict.measure) {
        published.add(verdict);
      } else if (measure.score(pair) instanceof Result.Value score) {
        published.add(RawScore.of(measure, score.value(), noise, reference.tolerances()));
      }
    }
  }

  /** Returns the scores, or nothing if the verdict measure has no score or no null distribution. */
  static Optional<ColumnScores> of(
      ColumnReference reference, BinnedPair pair, Measure verdictMeasure, OptionalLong required) {
    if (!(verdictMeasure.score(pair) instanceof Result.Value score)) {
      return Optional.empty();
    }
    Noise noise = Noise.of(pair, reference.dispersion(), reference.wassersteinNull());
    RawScore verdict = RawScore.of(verdictMeasure, score.value(), noise, reference.tolerances());
    return verdict.drifted.isEmpty()
        ? Optional.empty()
        : Optional.of(new ColumnScores(reference, pair, noise, required, verdict));
  }

  /** Returns the p-value of the verdict measure. */
  double pValue(Severity severity) {
    return (severity == Severity.WARNING ? verdict.warning : verdict.drifted).orElseThrow();
  }

  /** Returns what this evaluation alone says. */
  DriftState level(FamilyLevels levels) {
    if (pValue(Severity.DRIFTED) <= levels.drifted()) {
      return DriftState.DRIFTED;
    }
    return pValue(Severity.WARNING) <= levels.warning() ? DriftState.WARNING : DriftState.STABLE;
  }

  ColumnVerdict.Scored verdict(
      DriftState state, FamilyLevels levels, ThresholdQuantiles quantiles, int contributions) {
    List<MeasureScore> scores = new ArrayList<>(published.size());
    for (RawScore score : published) {
      scores.add(withThresholds(score, levels, quantiles));
    }
    double floor = noise.floor();
    return new ColumnVerdict.Scored(
        level(levels),
        state,
        withThresholds(verdict, levels, quantiles),
        scores,
        floor,
        Math.max(0, psi() - floor),
        requiredRows,
        state == DriftState.DRIFTED ? Contribution.largest(pair, contributions) : List.of());
  }

  private double psi() {
    return verdict.measure == Measure.PSI
        ? verdict.score
        : Measure.PSI.score(pair).asOptional().orElseThrow();
  }

  private MeasureScore withThresholds(
      RawScore raw, FamilyLevels levels, ThresholdQuantiles quantiles) {
    Tolerances tolerances = reference.tolerances();
    return new MeasureScore(
        raw.measure,
        raw.score,
        noise.threshold(raw.measure, tolerances.warning(), levels.warning(), quantiles),
        noise.threshold(raw.measure, tolerances.drifted(), levels.drifted(), quantiles),
        raw.warning,
        raw.drifted);
  }

  private record RawScore(
      Measure measure, double score, OptionalDouble warning, OptionalDouble drifted) {

    static RawScore of(Measure measure, double score, Noise noise, Tolerances tolerances) {
      return new RawScore(
          measure,
          score,
          noise.pValue(measure, score, tolerances.warning()),
          noise.pValue(measure, score, tolerances.drifted()));
    }
  }
}
