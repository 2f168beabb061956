package io.modeldrift.expose;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.Evaluator;
import io.modeldrift.evaluate.RetrainingAdvice;
import io.modeldrift.evaluate.RetrainingReason;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import io.modeldrift.observe.AttributionSnapshot;
import io.modeldrift.observe.AttributionSums;
import io.modeldrift.observe.LatencyCounts;
import io.modeldrift.observe.LatencyQuantiles;
import io.modeldrift.observe.ModelFacts;
import io.modeldrift.observe.ModelServer;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ServerUsage;
import io.modeldrift.observe.ViolationCounts;
import io.modeldrift.observe.ViolationReason;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Models that tests of this package look at. */
final class Models {

  static final ModelKey FLIGHTS = new ModelKey("flight-delay", "3");
  static final Instant CREATED = Instant.parse("2029-12-01T00:00:00Z");
  static final Instant LOADED = Instant.parse("2030-01-01T00:00:05Z");
  static final Instant LAST_SEEN = Instant.parse("2030-01-01T06:00:00Z");

  static final Instant EVALUATED = Instant.parse("2030-01-01T06:00:20Z");
  static final Window FIVE_MINUTES = new Window("5m", Duration.ofMinutes(5), 5);
  static final Window HOUR = new Window("1h", Duration.ofHours(1), 12);

  /** Edges 0, 500, 1000, maximum 2000; 4,000 rows of which 100 are missing. */
  static final BaselineColumn DISTANCE =
      new BaselineColumn(
          "distance",
          Role.INPUT,
          NumericLayout.ofEdges(0, 500, 1000, 2000),
          BinnedCounts.of(
              new long[] {0, 1500, 1600, 800, 0, 100, 0},
              new double[] {0, 450_000, 1_200_000, 1_200_000, 0, 0, 0}),
          730.8,
          400,
          List.of(),
          1);

  static final BaselineColumn AIRLINE =
      new BaselineColumn(
          "airline",
          Role.INPUT,
          CategoricalLayout.of(List.of("AA", "US", "WN"), new long[0]),
          BinnedCounts.of(1200, 1000, 1700, 60, 20, 20, 0),
          0,
          0,
          List.of(),
          0.5);

  static final BaselineColumn LATE =
      new BaselineColumn(
          "late",
          Role.OUTPUT,
          CategoricalLayout.of(List.of("false", "true"), new long[0]),
          BinnedCounts.of(3100, 900, 0, 0, 0, 0),
          0,
          0,
          List.of(),
          1);

  /** 100 of 4,000 rows lie at or above 5, 20 of them above 8. */
  static final BaselineColumn OUTLIER_SCORE =
      new BaselineColumn(
          "outlier_score",
          Role.DERIVED,
          NumericLayout.ofEdges(0, 5, 8, 20),
          BinnedCounts.of(
              new long[] {0, 3900, 80, 20, 0, 0, 0}, new double[] {0, 7800, 500, 220, 0, 0, 0}),
          2.1,
          1.5,
          List.of(),
          1);

  static final Map<String, String> INFO =
      Map.of("framework", "xgboost", "owner", "ops", "variant", "champion");

  private Models() {}

  static List<RetrainingAdvice> advice() {
    return List.of(
        new RetrainingAdvice(
            FLIGHTS, Map.of(RetrainingReason.DRIFT, true, RetrainingReason.AGE, false)));
  }

  static List<AttributionSnapshot> attributions() {
    AttributionSums sums =
        new AttributionSums(
            200,
            Map.of("distance", 200L, "airline", 200L),
            Map.of("distance", 20.0, "airline", 60.0));
    return List.of(
        new AttributionSnapshot(
            FLIGHTS, sums, List.of(new AttributionSnapshot.InWindow(HOUR, sums))));
  }

  static List<ServerUsage> servers() {
    return List.of(
        new ServerUsage(
            new ModelServer("flight-delay", "", ModelServer.Kind.CGROUP, "model.slice"),
            OptionalDouble.of(12.5),
            OptionalLong.of(300 << 20),
            OptionalLong.of(1L << 30)));
  }

  static Baseline baseline(BaselineColumn... columns) {
    return new Baseline(
        "sha256-0123456789abcdef", FLIGHTS, CREATED, "flights.csv", 4000, List.of(columns));
  }

  static ModelFacts facts(ModelKey model, long rows) {
    return new ModelFacts(
        model,
        rows,
        rows == 0 ? Instant.EPOCH : LAST_SEEN,
        Map.of("v1", rows / 2),
        new LatencyCounts(
            Collections.nCopies(16, rows / 16),
            0.5,
            1,
            0,
            rows == 0
                ? LatencyQuantiles.none("5m")
                : new LatencyQuantiles("5m", rows, List.of(0.01, 0.02, 0.03, 0.05, 0.5))),
        Arrays.stream(SchemaProblem.values()).collect(Collectors.toMap(p -> p, p -> 0L)));
  }

  static ModelSnapshot.Learning learning() {
    return new ModelSnapshot.Learning(facts(ModelKey.of("fraud"), 1200), 1200, 5000);
  }

  /** A model whose baseline has just come into force. */
  static ModelSnapshot.Ready fresh(BaselineColumn... columns) {
    return ready(
        facts(FLIGHTS, 0),
        baseline(columns),
        Arrays.stream(columns).map(column -> BinnedCounts.zero(column.counts().bins())).toList());
  }

  /** 800 rows of flights, with the airline US gone. */
  static ModelSnapshot.Ready flights() {
    return ready(
        facts(FLIGHTS, 800),
        baseline(DISTANCE, AIRLINE, LATE),
        List.of(
            BinnedCounts.of(0, 300, 320, 160, 0, 20, 0),
            BinnedCounts.of(440, 0, 340, 12, 4, 4, 0),
            BinnedCounts.of(600, 200, 0, 0, 0, 0)));
  }

  /** Flights whose baseline knows its noise, and of which some distances are missing. */
  static ModelSnapshot.Ready everything() {
    BinnedCounts day = BinnedCounts.of(0, 150, 160, 80, 0, 10, 0);
    BaselineColumn distance =
        new BaselineColumn(
            DISTANCE.name(),
            DISTANCE.role(),
            DISTANCE.layout(),
            DISTANCE.counts(),
            DISTANCE.mean(),
            DISTANCE.standardDeviation(),
            Collections.nCopies(10, day),
            1);
    ModelSnapshot.Ready flights = flights();
    long[] missing = new long[ViolationReason.values().length];
    missing[ViolationReason.MISSING.ordinal()] = 20;
    List<ViolationCounts> violations = new ArrayList<>(flights.violations());
    violations.set(0, new ViolationCounts(missing));
    violations.add(new ViolationCounts(new long[ViolationReason.values().length]));
    List<BinnedCounts> columns = new ArrayList<>(flights.columns());
    columns.add(BinnedCounts.of(0, 700, 60, 30, 10, 0, 0));
    return new ModelSnapshot.Ready(
        flights.facts(),
        baseline(distance, AIRLINE, LATE, OUTLIER_SCORE),
        LOADED,
        columns,
        violations,
        List.of());
  }

  static ModelSnapshot.Ready ready(ModelFacts facts, Baseline baseline, List<BinnedCounts> counts) {
    return new ModelSnapshot.Ready(
        facts, baseline, LOADED, counts, noViolations(counts), List.of());
  }

  private static List<ViolationCounts> noViolations(List<BinnedCounts> columns) {
    return Collections.nCopies(
        columns.size(), new ViolationCounts(new long[ViolationReason.values().length]));
  }

  /** The same counts as a window of an hour, and as one of five minutes that holds no rows yet. */
  static ModelSnapshot.Ready windowed(ModelSnapshot.Ready ready, long pane) {
    List<BinnedCounts> none =
        ready.columns().stream().map(counts -> BinnedCounts.zero(counts.bins())).toList();
    return new ModelSnapshot.Ready(
        ready.facts(),
        ready.baseline(),
        ready.loaded(),
        ready.columns(),
        ready.violations(),
        List.of(
            new WindowSnapshot(
                FIVE_MINUTES, Duration.ofMinutes(5), pane, 0, none, noViolations(none)),
            new WindowSnapshot(
                HOUR,
                Duration.ofMinutes(31),
                pane,
                ready.columns().get(0).total(),
                ready.columns(),
                ready.violations())));
  }

  /** Evaluates the models three times, so that a state that three votes agree on is reached. */
  static DriftReport report(ModelSnapshot... models) {
    Evaluator evaluator = new Evaluator();
    DriftReport report = DriftReport.none();
    for (int pane = 1; pane <= 3; pane++) {
      List<ModelSnapshot> snapshots = new ArrayList<>();
      for (ModelSnapshot model : models) {
        snapshots.add(model instanceof ModelSnapshot.Ready ready ? windowed(ready, pane) : model);
      }
      report = evaluator.evaluate(EVALUATED, snapshots, EvaluationSettings.withDefaults());
    }
    return report;
  }
}
