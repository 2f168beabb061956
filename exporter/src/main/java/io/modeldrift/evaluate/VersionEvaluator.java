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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the outputs of two versions, window by window, as a window is compared with its
 * baseline: the champion's window stands for the baseline, with the dispersion of its baseline.
 *
 * <p>Not thread-safe: one thread evaluates. Keeps the votes of each pair in between.
 */
public final class VersionEvaluator {

  private static final int MOST_SAVED = 100_000;
  private static final String PAIRED = "paired";

  private final ThresholdQuantiles quantiles = new ThresholdQuantiles();
  private final Map<Key, Votes> votes = new HashMap<>();
  private final Map<Key, Votes.Saved> remembered = new HashMap<>();
  private final Map<Key, Smallest> smallestPValues = new HashMap<>();

  /**
   * The smallest p-value since outcomes are counted.
   *
   * @param outcomes how many there were when it was looked at last; fewer means that counting began
   *     anew
   */
  private record Smallest(double pValue, long outcomes) {

    Smallest after(Smallest before) {
      return outcomes < before.outcomes
          ? this
          : new Smallest(Math.min(pValue, before.pValue), outcomes);
    }
  }

  /** What states of outputs follow from, besides traffic. */
  private record Judge(String baseline, VerdictRule rule) {}

  /**
   * What votes, or looks at outcomes, are about.
   *
   * @param pair the pair with its settings, as text
   * @param subject an output in a window, or a metric
   * @param under what it is judged by; what was decided otherwise does not count
   */
  private record Key(String pair, String subject, String under) {

    static Key of(VersionPair pair, String metric) {
      return new Key(pair.toString(), metric, "");
    }

    static Key restore(StateInput in) throws SnapshotException {
      return new Key(in.text(), in.text(), in.text());
    }

    void save(StateOutput out) {
      out.text(pair);
      out.text(subject);
      out.text(under);
    }

    boolean isAboutTheSameAs(Key other) {
      return pair.equals(other.pair) && subject.equals(other.subject);
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
    Set<Key> cast = new HashSet<>();
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
                  ? windows(pair, ready, settings.drift(champion.model()), cast)
                  : List.of(),
              paired(pair.pair(), truths),
              performance(pair.pair(), truths)));
    }
    votes.keySet().retainAll(cast);
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
    PairedOutcomes paired = paired(pair, truths);
    long outcomes = Stream.of(champion, challenger).mapToLong(VersionEvaluator::outcomes).sum();
    Optional<SequentialDifference> same =
        smallest(Key.of(pair, PAIRED), paired.sequential(pair.plan()), paired.pairs());
    Optional<SequentialDifference> apart =
        smallest(Key.of(pair, ACCURACY.label()), accuracy(pair, champion, challenger), outcomes);
    Optional<SequentialDifference> error =
        smallest(Key.of(pair, MAE.label()), error(pair, champion, challenger), outcomes);
    Map<PerformanceMetric, SequentialDifference> differences =
        new EnumMap<>(PerformanceMetric.class);
    same.or(() -> apart).ifPresent(look -> differences.put(ACCURACY, look));
    error.ifPresent(look -> differences.put(MAE, look));
    return differences;
  }

  private static long outcomes(Optional<Tally> tally) {
    return tally.flatMap(Tally::matrix).map(ConfusionMatrix::rows).orElse(0L)
        + tally.flatMap(Tally::sums).map(RegressionSums::rows).orElse(0L);
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

  /** Where there is nothing to see, counting has only begun: what was seen before is forgotten. */
  private Optional<SequentialDifference> smallest(
      Key key, Optional<SequentialDifference> look, long outcomes) {
    if (look.isEmpty()) {
      smallestPValues.remove(key);
      return look;
    }
    Smallest now = new Smallest(look.get().pValue(), outcomes);
    Smallest smallest = smallestPValues.merge(key, now, (before, latest) -> latest.after(before));
    return Optional.of(look.get().withSmallest(smallest.pValue()));
  }

  private static Optional<SequentialDifference> accuracy(
      VersionPair pair, Optional<Tally> champion, Optional<Tally> challenger) {
    Optional<ConfusionMatrix> ours = champion.flatMap(Tally::matrix);
    Optional<ConfusionMatrix> theirs = challenger.flatMap(Tally::matrix);
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
      VersionPair pair, Optional<Tally> champion, Optional<Tally> challenger) {
    Optional<RegressionSums> ours = champion.flatMap(Tally::sums);
    Optional<RegressionSums> theirs = challenger.flatMap(Tally::sums);
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
      VersionSnapshot pair, ModelSnapshot.Ready champion, DriftSettings settings, Set<Key> cast) {
    Judge judge = new Judge(champion.baseline().id(), settings.rule());
    List<VersionReport.InWindow> reports = new ArrayList<>();
    for (VersionSnapshot.InWindow challenger : pair.windows()) {
      Optional<WindowSnapshot> same =
          champion.windows().stream()
              .filter(window -> window.window().equals(challenger.window()))
              .findFirst();
      if (same.isPresent()) {
        List<BinnedCounts> outputs = outputs(champion, same.get());
        if (outputs.size() == pair.columns().size()) {
          reports.add(
              compare(
                  pair,
                  outputs,
                  challenger,
                  settings,
                  output -> votes(pair.pair(), challenger.window(), output, judge, cast)));
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
      DriftSettings settings,
      Function<String, Votes> ballots) {
    List<ColumnReference> references = new ArrayList<>();
    for (int i = 0; i < champion.size(); i++) {
      BaselineColumn column = pair.columns().get(i);
      references.add(ColumnReference.of(column, settings).withCounts(champion.get(i)));
    }
    Judgement judgement = new Judgement(references, challenger.counts(), settings);
    List<VersionReport.Output> outputs = new ArrayList<>();
    for (int i = 0; i < references.size(); i++) {
      String name = references.get(i).column().name();
      ColumnVerdict verdict = verdict(judgement, i, ballots.apply(name), challenger.pane());
      outputs.add(new VersionReport.Output(name, verdict));
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

  private Votes votes(VersionPair pair, Window window, String output, Judge judge, Set<Key> cast) {
    Key key = new Key(pair.toString(), window.name() + "\n" + output, judge.toString());
    cast.add(key);
    return votes.computeIfAbsent(
        key,
        absent -> {
          Votes started = new Votes(judge.rule().votes());
          Votes.Saved before = remembered.get(key);
          if (before != null) {
            started.restore(before);
          }
          remembered.keySet().removeIf(key::isAboutTheSameAs);
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
    for (Map.Entry<Key, Smallest> smallest : smallestPValues.entrySet()) {
      smallest.getKey().save(section);
      section.real(smallest.getValue().pValue());
      section.number(smallest.getValue().outcomes());
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
      Smallest smallest = new Smallest(in.finite(), in.count());
      if (continuous) {
        smallestPValues.put(key, smallest);
      }
    }
  }
}
