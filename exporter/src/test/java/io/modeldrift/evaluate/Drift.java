package io.modeldrift.evaluate;

import io.modeldrift.statistics.Measure;
import java.util.Map;

/** Settings that are the defaults but for one thing. */
public final class Drift {

  private static final DriftSettings DEFAULTS = DriftSettings.withDefaults();

  private Drift() {}

  static DriftSettings tolerating(Tolerances tolerances) {
    VerdictRule rule = DEFAULTS.rule();
    return DEFAULTS.withVerdict(
        DEFAULTS.measures(),
        new VerdictRule(
            tolerances, rule.confidence(), rule.correction(), rule.votes(), rule.minimumRows()));
  }

  static DriftSettings verdictBy(Measure measure) {
    DriftMeasures measures = DEFAULTS.measures();
    return DEFAULTS.withVerdict(
        new DriftMeasures(measures.numeric(), measures.categorical(), measure), DEFAULTS.rule());
  }

  static DriftSettings except(Map<String, ColumnDriftSettings> columns) {
    return with(DEFAULTS.past(), columns);
  }

  public static DriftSettings comparedWith(PastSettings past) {
    return with(past, DEFAULTS.columns());
  }

  private static DriftSettings with(PastSettings past, Map<String, ColumnDriftSettings> columns) {
    return new DriftSettings(
        DEFAULTS.measures(),
        DEFAULTS.rule(),
        DEFAULTS.qualityTolerance(),
        DEFAULTS.driftedShare(),
        DEFAULTS.contributions(),
        past,
        columns);
  }
}
