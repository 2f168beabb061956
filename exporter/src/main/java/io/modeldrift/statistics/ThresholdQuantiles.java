package io.modeldrift.statistics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Remembers the quantiles that thresholds need.
 *
 * <p>Columns with as many bins and rows ask for the same quantile, and a quiet window asks for the
 * same ones at every evaluation. Keys are exact: a threshold belongs to the counts it is published
 * with. At most 4096 entries of each kind, cleared when full.
 *
 * <p>Not thread-safe; meant for the one thread that evaluates.
 */
public final class ThresholdQuantiles {

  private static final int MOST_ENTRIES = 4096;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final Map<Key, Double> noncentral = new HashMap<>();
  private final Map<Key, Double> gamma = new HashMap<>();
  private final Map<Key, Double> kolmogorov = new HashMap<>();
  private final Map<Key, Double> normal = new HashMap<>();

  double noncentralChiSquare(double upperTail, double degrees, double noncentrality) {
    return get(
        noncentral,
        new Key(upperTail, degrees, noncentrality),
        key -> NoncentralChiSquare.upperQuantile(key.upperTail, key.first, key.second));
  }

  double gamma(double upperTail, double shape) {
    return get(
        gamma,
        new Key(upperTail, shape, 0),
        key -> GammaQuantile.upperQuantile(key.upperTail, key.first));
  }

  double kolmogorov(double upperTail) {
    return get(
        kolmogorov, new Key(upperTail, 0, 0), key -> Kolmogorov.upperQuantile(key.upperTail));
  }

  double normal(double upperTail) {
    return get(
        normal, new Key(upperTail, 0, 0), key -> NORMAL.inverseSurvivalProbability(key.upperTail));
  }

  private static double get(Map<Key, Double> known, Key key, ToDoubleFunction<Key> formula) {
    Double found = known.get(key);
    if (found != null) {
      return found;
    }
    if (known.size() >= MOST_ENTRIES) {
      known.clear();
    }
    double computed = formula.applyAsDouble(key);
    known.put(key, computed);
    return computed;
  }

  private record Key(double upperTail, double first, double second) {}
}
