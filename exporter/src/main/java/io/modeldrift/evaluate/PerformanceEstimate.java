package io.modeldrift.evaluate;

import io.modeldrift.statistics.BinaryConfusion;
import io.modeldrift.statistics.Estimate;
import io.modeldrift.statistics.ExpectedCounts;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.truth.ExpectedTally;
import java.util.EnumMap;
import java.util.Map;

/**
 * What performance should be, told from scores alone, or why that cannot be said.
 *
 * @param reason why there are no numbers: {@code uncalibrated}, {@code degenerate}, {@code
 *     too_few_rows} or {@code outside_baseline}; empty if there are
 * @param metrics with standard errors, to be taken {@link ExpectedCounts#BAND} times
 * @param contradicted whether ground truth has lain outside the bands in at least 3 of the last 5
 *     evaluations: then the relation between score and outcome has moved
 */
public record PerformanceEstimate(
    String reason, Map<PerformanceMetric, Estimate> metrics, boolean contradicted) {

  private static final long FEWEST_ROWS = 200;
  private static final double MOST_OUTSIDE = 0.05;

  /** Copies the map. */
  public PerformanceEstimate {
    metrics = Map.copyOf(metrics);
  }

  static PerformanceEstimate absent(String reason) {
    return new PerformanceEstimate(reason, Map.of(), false);
  }

  static PerformanceEstimate of(ExpectedTally expected) {
    if (expected.counts().rows() < FEWEST_ROWS) {
      return absent("too_few_rows");
    }
    if (expected.outsideShare() > MOST_OUTSIDE) {
      return absent("outside_baseline");
    }
    BinaryConfusion confusion = expected.counts().confusion();
    Map<PerformanceMetric, Estimate> metrics = new EnumMap<>(PerformanceMetric.class);
    put(metrics, PerformanceMetric.ACCURACY, confusion.accuracy());
    put(metrics, PerformanceMetric.PRECISION, confusion.precision());
    put(metrics, PerformanceMetric.RECALL, confusion.recall());
    put(metrics, PerformanceMetric.SPECIFICITY, confusion.specificity());
    put(metrics, PerformanceMetric.F1, confusion.f1());
    put(metrics, PerformanceMetric.ROC_AUC, expected.counts().ranking().rocAuc());
    return new PerformanceEstimate("", metrics, false);
  }

  private static void put(
      Map<PerformanceMetric, Estimate> metrics, PerformanceMetric metric, Estimate estimate) {
    if (estimate.value().asOptional().isPresent()) {
      metrics.put(metric, estimate);
    }
  }

  /** Returns whether what came true lies outside a band by more than its own error allows. */
  boolean isOutsideOf(Map<PerformanceMetric, Estimate> realised) {
    for (Map.Entry<PerformanceMetric, Estimate> entry : metrics.entrySet()) {
      Estimate real = realised.get(entry.getKey());
      if (real != null && isApart(entry.getValue(), real)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isApart(Estimate estimated, Estimate real) {
    double error =
        estimated.standardError().asOptional().orElse(Double.NaN)
            + real.standardError().asOptional().orElse(Double.NaN);
    double gap =
        Math.abs(
            estimated.value().asOptional().orElse(Double.NaN)
                - real.value().asOptional().orElse(Double.NaN));
    return gap > ExpectedCounts.BAND * error; // NaN is not
  }

  PerformanceEstimate withContradicted(boolean newContradicted) {
    return new PerformanceEstimate(reason, metrics, newContradicted);
  }
}
