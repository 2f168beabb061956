package io.modeldrift.expose;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.VersionEvaluator;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.AgreementCounts;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.VersionPair;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.statistics.Agreement;
import io.modeldrift.statistics.PairedOutcomes;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.SequentialDifference;
import io.modeldrift.statistics.SequentialPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A challenger of the flights that calls half of them late. */
final class Versions {

  static final ModelKey CHALLENGER = new ModelKey("flight-delay", "4");

  private Versions() {}

  static List<VersionSnapshot> snapshots() {
    VersionPair pair =
        new VersionPair(
            Models.FLIGHTS,
            CHALLENGER,
            Agreement.DEFAULT,
            SequentialPlan.DEFAULT,
            Duration.ofMinutes(1),
            100);
    return List.of(
        new VersionSnapshot(
            pair,
            List.of(Models.LATE),
            List.of(
                new VersionSnapshot.InWindow(
                    Models.HOUR, 1, List.of(BinnedCounts.of(400, 400, 0, 0, 0, 0)))),
            Map.of("late", new AgreementCounts(70, 30)),
            5,
            2));
  }

  static List<VersionReport> reports() {
    return evaluated().stream()
        .map(
            report ->
                new VersionReport(
                    report.pair(),
                    report.windows(),
                    new PairedOutcomes(70, 12, 8, 10),
                    Map.of(
                        PerformanceMetric.ACCURACY,
                        SequentialDifference.ofAccuracies(
                                900, 1000, 850, 1000, SequentialPlan.DEFAULT)
                            .orElseThrow())))
        .toList();
  }

  private static List<VersionReport> evaluated() {
    return new VersionEvaluator()
        .evaluate(
            snapshots(),
            List.of(Models.windowed(Models.flights(), 1)),
            List.of(),
            EvaluationSettings.withDefaults());
  }

  /** A challenger that has only just begun to learn. */
  static List<ModelSnapshot> withChallenger(List<ModelSnapshot> models) {
    List<ModelSnapshot> both = new ArrayList<>(models);
    both.add(new ModelSnapshot.Learning(Models.facts(CHALLENGER, 160), 160, 5000));
    return both;
  }
}
