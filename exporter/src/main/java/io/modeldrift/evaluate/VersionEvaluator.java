package io.modeldrift.evaluate;

import static io.modeldrift.statistics.PerformanceMetric.ACCURACY;
import static io.modeldrift.statistics.PerformanceMetric.MAE;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnAssessment.NotScorable;
import io.modeldrift.evaluate.ColumnAssessment.Scorable;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.VersionPair;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.statistics.ConfusionMatrix;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.PairedOutcomes;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.statistics.RegressionSums;
import io.modeldrift.statistics.SequentialDifference;
import io.modeldrift.statistics.ThresholdQuantiles;
import io.modeldrift.truth.Tally;
import io.modeldrift.truth.TruthSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the outputs of two versions, window by window, as a window is compared with its
 * baseline: the champion's window stands for the baseline, with the dispersion of its baseline.
 *
 * <p>Not thread-safe: one thread evaluates. Keeps the votes of each pair in between.
 */
public final class VersionEvaluator {

  private static final int MOST_SAVED = 100_000;
  private static final String SEPARATOR = "\n";

  private final ThresholdQuantiles quantiles = new ThresholdQuantiles();
  private final Map<Key, Votes> votes = new HashMap<>();
  private final Map<Key, Votes.Saved> remembered = new HashMap<>();
  private final Map<Key, Double> smallestPValues = new HashMap<>();

  /**
   * What votes, or looks at outcomes, are about.
   *
   * @param pair the pair with its settings, as text: what was decided under others does not count
   * @param subject an output in a window, or a metric
   */
  private record Key(String pair, String subject) {

    static Key of(VersionPair pair, String... subject) {
      return new Key(pair.toString(), String.join(SEPARATOR, subject));
    }

    static Key restore(StateInput in) throws SnapshotException {
      String text = in.text();
      int end = text.indexOf(SEPARATOR);
      if (end < 0) {
        throw new SnapshotException("a comparison of versions has no subject");
      }
      return new Key(text.substring(0, end), text.substring(end + SEPARATOR.length()));
    }

    void save(StateOutput out) {
      out.text(pair + SEPARATOR + subject);
    }
  }

  /**
   * Returns a report on each pair.
   *
   * @param models with their windows; taken at about the same time
   * @param truths what is known about outcomes; windows are not needed
   */
  public List<VersionReport> evaluate(
      List<VersionSnapshot> pairs,
      List<ModelSnapshot> models,
      List<TruthSnapshot> truths,
      EvaluationSettings settings) {
    forgetAllBut(pairs);
    List<VersionReport> reports = new ArrayList<>();
    for (VersionSnapshot pair : pairs) {
      ModelSnapshot champion =
          models.stream()
              .filter(model -> model.model().equals(pair.pair().champion()))
              .findFirst()
              .orElse(null);
      reports.add(
          new VersionReport(
              pair.pair(),
              champion instanceof ModelSnapshot.Ready ready
                  ? windows(pair, ready, settings.drift(champion.model()))
                  : List.of(),
              paired(pair.pair(), truths),
              performance(pair.pair(), truths)));
    }
    return reports;
  }

  private void forgetAllBut(List<VersionSnapshot> pairs) {
    Set<String> known =
        pairs.stream().map(pair -> pair.pair().toString()).collect(Collectors.toSet());
    for (Map<Key, ?> kept : List.of(votes, remembered, smallestPValues)) {
      kept.keySet().removeIf(key -> !known.contains(key.pair()));
    }
  }

  private Map<PerformanceMetric, SequentialDifference> performance(
      VersionPair pair, List<TruthSnapshot> truths) {
    Optional<Tally> champion = outcomes(pair.champion(), truths);
    Optional<Tally> challenger = outcomes(pair.challenger(), truths);
    Map<PerformanceMetric, SequentialDifference> differences =
        new EnumMap<>(PerformanceMetric.class);
    if (champion.isPresent() && challenger.isPresent()) {
      PairedOutcomes paired = paired(pair, truths);
      (paired.pairs() > 0
              ? paired.sequential(pair.plan())
              : accuracy(pair, champion.get(), challenger.get()))
          .ifPresent(look -> differences.put(ACCURACY, smallest(pair, ACCURACY, look)));
      error(pair, champion.get(), challenger.get())
          .ifPresent(look -> differences.put(MAE, smallest(pair, MAE, look)));
    }
    return differences;
  }

  /** Whichever version answered a request first. */
  private static PairedOutcomes paired(VersionPair pair, List<TruthSnapshot> truths) {
    return paired(pair.champion(), pair.challenger(), truths)
        .plus(paired(pair.challenger(), pair.champion(), truths).swapped());
  }

  private static PairedOutcomes paired(
      ModelKey first, ModelKey second, List<TruthSnapshot> truths) {
    return truths.stream()
        .filter(truth -> truth.model().equals(first))
        .map(truth -> truth.paired().getOrDefault(second, PairedOutcomes.NONE))
        .findFirst()
        .orElse(PairedOutcomes.NONE);
  }

  private SequentialDifference smallest(
      VersionPair pair, PerformanceMetric metric, SequentialDifference look) {
    Key key = Key.of(pair, metric.label());
    return look.withSmallest(smallestPValues.merge(key, look.pValue(), Math::min));
  }

  private static Optional<SequentialDifference> accuracy(
      VersionPair pair, Tally champion, Tally challenger) {
    Optional<ConfusionMatrix> ours = champion.matrix();
    Optional<ConfusionMatrix> theirs = challenger.matrix();
    if (ours.isEmpty() || theirs.isEmpty()) {
      return Optional.empty();
    }
    return SequentialDifference.ofAccuracies(
        ours.get().right(),
        ours.get().rows(),
        theirs.get().right(),
        theirs.get().rows(),
        pair.plan());
  }

  private static Optional<SequentialDifference> error(
      VersionPair pair, Tally champion, Tally challenger) {
    Optional<RegressionSums> ours = champion.sums();
    Optional<RegressionSums> theirs = challenger.sums();
    if (ours.isEmpty() || theirs.isEmpty()) {
      return Optional.empty();
    }
    return SequentialDifference.ofMeans(
        ours.get().meanAbsoluteError(),
        ours.get().rows(),
        theirs.get().meanAbsoluteError(),
        theirs.get().rows(),
        pair.plan());
  }

  private static Optional<Tally> outcomes(ModelKey model, List<TruthSnapshot> truths) {
    return truths.stream()
        .filter(truth -> truth.model().equals(model))
        .flatMap(truth -> truth.scored().stream())
        .flatMap(scored -> Optional.ofNullable(scored.segments().get(TruthSnapshot.ALL)).stream())
        .findFirst();
  }

  private List<VersionReport.InWindow> windows(
      VersionSnapshot pair, ModelSnapshot.Ready champion, DriftSettings settings) {
    List<VersionReport.InWindow> reports = new ArrayList<>();
    for (VersionSnapshot.InWindow challenger : pair.windows()) {
      Optional<WindowSnapshot> same =
          champion.windows().stream()
              .filter(window -> window.window().equals(challenger.window()))
              .findFirst();
      if (same.isPresent()) {
        List<BinnedCounts> outputs = outputs(champion, same.get());
        if (outputs.size() == pair.columns().size()) {
          reports.add(compare(pair, outputs, challenger, settings));
        }
      }
    }
    return reports;
  }

  private static List<BinnedCounts> outputs(ModelSnapshot.Ready champion, WindowSnapshot window) {
    List<BinnedCounts> outputs = new ArrayList<>();
    for (int i = 0; i < window.columns().size(); i++) {
      if (champion.baseline().columns().get(i).role() == Role.OUTPUT) {
        outputs.add(window.columns().get(i));
      }
    }
    return outputs;
  }

  private VersionReport.InWindow compare(
      VersionSnapshot pair,
      List<BinnedCounts> champion,
      VersionSnapshot.InWindow challenger,
      DriftSettings settings) {
    List<ColumnReference> references = new ArrayList<>();
    for (int i = 0; i < champion.size(); i++) {
      BaselineColumn column = pair.columns().get(i);
      references.add(ColumnReference.of(column, settings).withCounts(champion.get(i)));
    }
    Judgement judgement = new Judgement(references, challenger.counts(), settings);
    List<VersionReport.Output> outputs = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      String name = references.get(i).column().name();
      Votes ballot = votes(pair.pair(), challenger.window(), name, settings);
      outputs.add(new VersionReport.Output(name, verdict(judgement, i, ballot, challenger.pane())));
    }
    return new VersionReport.InWindow(challenger.window(), outputs);
  }

  private ColumnVerdict verdict(Judgement judgement, int column, Votes ballot, long pane) {
    if (judgement.assessment(column) instanceof NotScorable insufficient) {
      ballot.vote(DriftState.INSUFFICIENT, pane);
      return insufficient.verdict();
    }
    ColumnScores scores = ((Scorable) judgement.assessment(column)).scores();
    FamilyLevels levels = judgement.levels(column);
    return scores.verdict(ballot.vote(scores.level(levels), pane), levels, quantiles, 0);
  }

  private Votes votes(VersionPair pair, Window window, String output, DriftSettings settings) {
    Key key = Key.of(pair, window.name(), output);
    return votes.computeIfAbsent(
        key,
        absent -> {
          Votes started = new Votes(settings.rule().votes());
          Votes.Saved before = remembered.remove(key);
          if (before != null) {
            started.restore(before);
          }
          return started;
        });
  }

  /** Writes the votes and the smallest p-values so far. */
  public void save(StatePart.Sections sections) throws IOException {
    StateOutput section = new StateOutput();
    Map<Key, Votes.Saved> all = new HashMap<>(remembered);
    votes.forEach((key, cast) -> all.put(key, cast.saved()));
    section.number(all.size());
    for (Map.Entry<Key, Votes.Saved> cast : all.entrySet()) {
      cast.getKey().save(section);
      cast.getValue().save(section);
    }
    section.number(smallestPValues.size());
    for (Map.Entry<Key, Double> smallest : smallestPValues.entrySet()) {
      smallest.getKey().save(section);
      section.real(smallest.getValue());
    }
    sections.add(section);
  }

  /**
   * Goes on with the votes, once a pair is evaluated again.
   *
   * @param continuous whether outcomes are counted on, too: p-values are about all of them
   */
  public void restore(StateInput in, boolean continuous) throws SnapshotException {
    int cast = in.size(MOST_SAVED);
    for (int i = 0; i < cast; i++) {
      remembered.put(Key.restore(in), Votes.Saved.restore(in));
    }
    int values = in.size(MOST_SAVED);
    for (int i = 0; i < values; i++) {
      Key key = Key.restore(in);
      double smallest = in.finite();
      if (continuous) {
        smallestPValues.put(key, smallest);
      }
    }
  }
}
