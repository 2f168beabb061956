package io.modeldrift.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far the importance of features has moved from the baseline's, both as mean |attribution|.
 *
 * @param ndcg 1 while the order of features is unchanged, lower the more it is (Amazon SageMaker
 *     Clarify alerts below 0.90); Järvelin and Kekäläinen (2002)
 * @param shareDistance total variation of the features' shares, 0 to 1; sees changes that keep the
 *     order
 */
public record AttributionDrift(Result ndcg, Result shareDistance) {

  /** With fewer attributed rows in a window there is no number. */
  public static final long FEWEST_ROWS = 100;

  /**
   * Compares two sets of mean |attribution| by feature name; a feature that is absent on a side has
   * 0 there. Absent if the baseline's sum is 0, the share distance also if the current one is.
   */
  public static AttributionDrift of(Map<String, Double> baseline, Map<String, Double> current) {
    SortedSet<String> features = new TreeSet<>(baseline.keySet());
    features.addAll(current.keySet());
    double all = sum(baseline);
    if (!(all > 0)) {
      Result none = Result.absent(Result.Reason.NO_BASELINE);
      return new AttributionDrift(none, none);
    }
    double ideal = gain(ranked(features, baseline), baseline);
    double found = gain(ranked(features, current), baseline);
    return new AttributionDrift(
        Result.ofFinite(found / ideal), distance(features, baseline, current, all));
  }

  private static Result distance(
      SortedSet<String> features,
      Map<String, Double> baseline,
      Map<String, Double> current,
      double all) {
    double now = sum(current);
    if (!(now > 0)) {
      return Result.absent(Result.Reason.NO_ROWS);
    }
    double distance = 0;
    for (String feature : features) {
      distance +=
          Math.abs(importance(baseline, feature) / all - importance(current, feature) / now);
    }
    return Result.ofFinite(distance / 2);
  }

  private static List<String> ranked(SortedSet<String> features, Map<String, Double> importance) {
    List<String> ranked = new ArrayList<>(features);
    ranked.sort(
        Comparator.comparingDouble((String feature) -> -importance(importance, feature))
            .thenComparing(Comparator.naturalOrder()));
    return ranked;
  }

  private static double gain(List<String> ranked, Map<String, Double> importance) {
    double gain = 0;
    for (int i = 0; i < ranked.size(); i++) {
      gain += importance(importance, ranked.get(i)) / (Math.log(i + 2) / Math.log(2));
    }
    return gain;
  }

  private static double importance(Map<String, Double> importance, String feature) {
    return importance.getOrDefault(feature, 0.0);
  }

  private static double sum(Map<String, Double> importance) {
    return importance.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
