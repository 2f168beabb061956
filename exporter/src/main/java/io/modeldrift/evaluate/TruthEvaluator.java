package io.modeldrift.evaluate;

import io.modeldrift.evaluate.TruthReport.InWindow;
import io.modeldrift.evaluate.TruthReport.OfModel;
import io.modeldrift.evaluate.TruthReport.Performance;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.statistics.Estimate;
import io.modeldrift.statistics.GroupCounts;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.RegressionSums;
import io.modeldrift.statistics.SegmentMix;
import io.modeldrift.truth.GroupTally;
import io.modeldrift.truth.Scorer;
import io.modeldrift.truth.Tally;
import io.modeldrift.truth.TruthSnapshot;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes how good predictions were in every window, from the counts of joined ground truth.
 *
 * <p>Not thread-safe: one thread evaluates.
 */
public final class TruthEvaluator {

  private static final String SPECIAL = "__";
  private static final int VOTES = 5;
  private static final int ENOUGH_VOTES = 3;
  private static final int MOST_WINDOWS = 100;

  private final Map<ModelKey, Map<String, Deque<Boolean>>> contradictions = new HashMap<>();

  /** Returns the report on these models. */
  public TruthReport evaluate(List<TruthSnapshot> snapshots, FairnessSettings settings) {
    List<OfModel> models = new ArrayList<>();
    for (TruthSnapshot snapshot : snapshots) {
      snapshot
          .scored()
          .ifPresent(
              scored ->
                  models.add(
                      new OfModel(
                          snapshot.model(),
                          segments(scored.scorer(), scored.baseline()),
                          windows(snapshot.model(), scored, settings))));
    }
    contradictions
        .keySet()
        .retainAll(snapshots.stream().map(TruthSnapshot::model).collect(Collectors.toSet()));
    return new TruthReport(models);
  }

  /** Writes how the last evaluations voted on estimates. */
  public void save(StatePart.Sections sections) throws IOException {
    for (Map.Entry<ModelKey, Map<String, Deque<Boolean>>> model : contradictions.entrySet()) {
      StateOutput section = new StateOutput();
      section.text(model.getKey().name());
      section.text(model.getKey().version());
      section.number(model.getValue().size());
      model
          .getValue()
          .forEach(
              (window, votes) -> {
                section.text(window);
                section.number(votes.size());
                votes.forEach(section::flag);
              });
      sections.add(section);
    }
  }

  /** Goes on with the votes on a model's estimates. */
  public void restore(StateInput in) throws SnapshotException {
    ModelKey model = new ModelKey(in.text(), in.text());
    Map<String, Deque<Boolean>> windows = new HashMap<>();
    int count = in.size(MOST_WINDOWS);
    for (int w = 0; w < count; w++) {
      String window = in.text();
      Deque<Boolean> votes = new ArrayDeque<>();
      int cast = in.size(VOTES);
      for (int i = 0; i < cast; i++) {
        votes.addLast(in.flag());
      }
      windows.put(window, votes);
    }
    contradictions.put(model, windows);
  }

  private List<InWindow> windows(
      ModelKey model, TruthSnapshot.Scored scored, FairnessSettings settings) {
    List<InWindow> windows = new ArrayList<>();
    for (TruthSnapshot.InWindow window : scored.windows()) {
      Map<String, Performance> segments = segments(scored.scorer(), window.segments());
      windows.add(
          new InWindow(
              window.window(),
              segments,
              fairness(scored, window.groups(), settings),
              reweighted(scored, window.segments()),
              estimate(model, scored, window, segments)));
    }
    return windows;
  }

  private Optional<PerformanceEstimate> estimate(
      ModelKey model,
      TruthSnapshot.Scored scored,
      TruthSnapshot.InWindow window,
      Map<String, Performance> segments) {
    if (!scored.notEstimated().isEmpty()) {
      return Optional.of(PerformanceEstimate.absent(scored.notEstimated()));
    }
    return window
        .expected()
        .map(PerformanceEstimate::of)
        .map(
            estimate -> estimate.withContradicted(contradicted(model, window, estimate, segments)));
  }

  /** Votes like a drift state: 3 of the last 5 evaluations. */
  private boolean contradicted(
      ModelKey model,
      TruthSnapshot.InWindow window,
      PerformanceEstimate estimate,
      Map<String, Performance> segments) {
    Performance all = segments.get(TruthSnapshot.ALL);
    boolean outside = all != null && estimate.isOutsideOf(all.metrics());
    Deque<Boolean> votes =
        contradictions
            .computeIfAbsent(model, key -> new HashMap<>())
            .computeIfAbsent(window.window().name(), key -> new ArrayDeque<>());
    votes.addLast(outside);
    if (votes.size() > VOTES) {
      votes.removeFirst();
    }
    return votes.stream().filter(vote -> vote).count() >= ENOUGH_VOTES;
  }

  /** What the mix of segments alone would make of the baseline's accuracy or error, by column. */
  private static Map<String, Double> reweighted(
      TruthSnapshot.Scored scored, Map<String, Tally> window) {
    Map<String, Double> reweighted = new LinkedHashMap<>();
    for (String column : scored.columns()) {
      List<Map.Entry<String, Tally>> segments =
          window.entrySet().stream()
              .filter(segment -> segment.getKey().startsWith(column + "="))
              .toList();
      double[] before =
          segments.stream()
              .mapToDouble(segment -> figure(scored.baseline().get(segment.getKey())))
              .toArray();
      long[] rows =
          segments.stream().mapToLong(segment -> segment.getValue().predictions()).toArray();
      SegmentMix.reweighted(before, rows)
          .asOptional()
          .ifPresent(value -> reweighted.put(column, value));
    }
    return reweighted;
  }

  private static double figure(@Nullable Tally baseline) {
    if (baseline == null || baseline.rows() == 0) {
      return Double.NaN;
    }
    Optional<RegressionSums> sums = baseline.sums();
    return sums.isPresent()
        ? sums.get().absoluteErrors() / baseline.rows()
        : (double) baseline.matrix().orElseThrow().right() / baseline.rows();
  }

  private static Map<String, Performance> segments(Scorer scorer, Map<String, Tally> tallies) {
    Map<String, Performance> segments = new LinkedHashMap<>();
    tallies.forEach(
        (segment, tally) ->
            segments.put(
                segment, new Performance(tally.rows(), present(tally.metrics(scorer.groups())))));
    return segments;
  }

  private static Map<PerformanceMetric, Estimate> present(
      Map<PerformanceMetric, Estimate> metrics) {
    Map<PerformanceMetric, Estimate> present = new EnumMap<>(PerformanceMetric.class);
    metrics.forEach(
        (metric, estimate) -> {
          if (estimate.value().asOptional().isPresent()) {
            present.put(metric, estimate);
          }
        });
    return present;
  }

  private static Map<String, FairnessReport> fairness(
      TruthSnapshot.Scored scored,
      Map<String, Map<String, GroupTally>> groups,
      FairnessSettings settings) {
    Map<String, FairnessReport> reports = new LinkedHashMap<>();
    if (scored.favourable().isEmpty()) {
      return reports;
    }
    groups.forEach(
        (attribute, tallies) ->
            reports.put(
                attribute,
                FairnessReport.of(
                    counts(tallies, scored.favourable()),
                    Optional.ofNullable(scored.references().get(attribute)),
                    settings)));
    return reports;
  }

  /** Rows whose group is not known are no group. */
  private static Map<String, GroupCounts> counts(
      Map<String, GroupTally> tallies, Set<Integer> favourable) {
    Map<String, GroupCounts> counts = new LinkedHashMap<>();
    tallies.forEach(
        (group, tally) -> {
          if (!group.startsWith(SPECIAL)) {
            counts.put(group, tally.against(favourable));
          }
        });
    return counts;
  }
}
