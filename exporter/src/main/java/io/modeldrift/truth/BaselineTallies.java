package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineTruth;
import io.modeldrift.statistics.ConfusionMatrix;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.statistics.RegressionSums;
import io.modeldrift.statistics.ScoreCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Turns tallies into what a baseline stores of them, and back. */
final class BaselineTallies {

  private BaselineTallies() {}

  /** Returns the tallies by segment; none without ground truth, or if it means something else. */
  static Map<String, Tally> of(@Nullable Baseline baseline, Scorer scorer) {
    return truth(baseline).map(truth -> of(truth, scorer)).orElse(Map.of());
  }

  /** Returns the share of wrong classes, or the large error of numbers; NaN if it is not known. */
  static double usualError(@Nullable Baseline baseline, Scorer scorer) {
    if (scorer.kind() == OutputKind.REGRESSION) {
      return truth(baseline)
          .map(BaselineTruth::largeError)
          .orElse(OptionalDouble.empty())
          .orElse(Double.NaN);
    }
    return Optional.ofNullable(of(baseline, scorer).get(BaselineTruth.ALL))
        .flatMap(Tally::matrix)
        .map(matrix -> 1 - (double) matrix.right() / matrix.rows())
        .orElse(Double.NaN);
  }

  private static Optional<BaselineTruth> truth(@Nullable Baseline baseline) {
    return Optional.ofNullable(baseline).flatMap(Baseline::truth);
  }

  private static Map<String, Tally> of(BaselineTruth truth, Scorer scorer) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    boolean same =
        truth.kind().equals(scorer.kind().label())
            && truth.classes().equals(scorer.classes())
            && truth.threshold() == scorer.threshold();
    if (same) {
      truth
          .segments()
          .forEach((name, numbers) -> tallies.put(name, tally(truth, scorer, name, numbers)));
    }
    return tallies;
  }

  private static Tally tally(
      BaselineTruth truth, Scorer scorer, String name, List<Double> numbers) {
    if (scorer.kind() == OutputKind.REGRESSION) {
      return Tally.of(RegressionSums.of(truth.centre(), array(numbers)));
    }
    int classes = scorer.classes().size();
    ConfusionMatrix matrix = new ConfusionMatrix(classes);
    for (int i = 0; i < numbers.size(); i++) {
      matrix.add(i / classes, i % classes, numbers.get(i).longValue());
    }
    Optional<BaselineTruth.Scores> scores =
        truth.scores().filter(known -> name.equals(BaselineTruth.ALL));
    return scores.isPresent() && scorer.kind() == OutputKind.BINARY
        ? Tally.of(
            matrix,
            ScoreBasis.counts(scores.get()),
            ProbabilityLoss.of(array(scores.get().losses())))
        : Tally.of(matrix);
  }

  /** Returns what a baseline stores of a segment. */
  static List<Double> numbers(Tally tally) {
    List<Double> numbers = new ArrayList<>();
    if (tally.sums().isPresent()) {
      return list(tally.sums().get().toArray());
    }
    ConfusionMatrix matrix = tally.matrix().orElseThrow();
    for (int truth = 0; truth < matrix.classes(); truth++) {
      for (int prediction = 0; prediction < matrix.classes(); prediction++) {
        numbers.add((double) matrix.count(truth, prediction));
      }
    }
    return numbers;
  }

  static BaselineTruth.Scores scores(
      List<Double> edges, double lowest, double highest, ScoreCounts counts, ProbabilityLoss loss) {
    List<Double> positives = new ArrayList<>();
    List<Double> negatives = new ArrayList<>();
    List<Double> sums = new ArrayList<>();
    for (int bin = 0; bin < counts.bins(); bin++) {
      positives.add((double) counts.positives(bin));
      negatives.add((double) counts.negatives(bin));
      sums.add(counts.scores(bin));
    }
    return new BaselineTruth.Scores(
        edges, lowest, highest, positives, negatives, sums, list(loss.toArray()));
  }

  static List<Double> list(double[] numbers) {
    List<Double> list = new ArrayList<>(numbers.length);
    for (double number : numbers) {
      list.add(number);
    }
    return list;
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
