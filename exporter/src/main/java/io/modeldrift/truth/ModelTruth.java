package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.CalibrationTable;
import io.modeldrift.statistics.PairedOutcomes;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Scores the predictions of one model version, with and without their outcomes.
 *
 * <p>Not thread-safe.
 */
final class ModelTruth {

  private static final int MOST_SAVED = 10_000;

  private final ModelKey model;
  private final ModelTruthSettings settings;
  private final List<Window> windows;
  private final PredictionColumns columns;
  private final DelayCounts.Counter delays = new DelayCounts.Counter();
  private final long[] unscored = new long[Unscored.values().length];
  private final List<Detector> detectors = new ArrayList<>();
  private final RowAttributes attributes;
  private final Map<ModelKey, PairedOutcomes> paired = new TreeMap<>();
  private @Nullable Baseline baseline;
  private @Nullable ScoreBasis basis;
  private @Nullable TruthPanes panes;
  private Map<String, Tally> ofBaseline = Map.of();

  ModelTruth(ModelKey model, ModelTruthSettings settings, List<Window> windows, long nowMillis) {
    this.model = model;
    this.settings = settings;
    this.windows = windows;
    this.columns = new PredictionColumns(settings.output());
    this.attributes = new RowAttributes(settings);
    adopt(null, nowMillis);
  }

  /** Whether this is what a new configuration asks for, too. */
  boolean isFor(ModelTruthSettings otherSettings, List<Window> otherWindows) {
    return settings.equals(otherSettings) && windows.equals(otherWindows);
  }

  /** Learns what the model predicts from the baseline in force; a new meaning starts afresh. */
  @SuppressWarnings("ReferenceEquality")
  void compareWith(@Nullable Baseline inForce, long nowMillis) {
    if (inForce != baseline) {
      adopt(inForce, nowMillis);
    }
  }

  private void adopt(@Nullable Baseline inForce, long nowMillis) {
    baseline = inForce;
    attributes.adopt(inForce);
    ScoreBasis foundBasis = ScoreBasis.of(settings.output(), inForce);
    Scorer found = Scorer.of(settings.output(), inForce).orElse(null);
    ofBaseline = found == null ? Map.of() : BaselineTallies.of(inForce, found);
    if (found == null) {
      return;
    }
    basis = found.kind() == OutputKind.BINARY ? foundBasis : null;
    Optional<CalibrationTable> calibration =
        Optional.ofNullable(basis).flatMap(ScoreBasis::calibration);
    if (panes != null && found.equals(panes.scorer())) {
      panes.judgeBy(found, calibration);
    } else {
      panes = new TruthPanes(found, calibration, windows, nowMillis);
      startDetectors(found);
    }
    double usual = BaselineTallies.usualError(inForce, found);
    detectors.forEach(detector -> detector.expect(usual));
  }

  private void startDetectors(Scorer by) {
    detectors.clear();
    boolean classes = by.kind() != OutputKind.REGRESSION;
    for (DetectorSettings.Kind kind : settings.detectors().detectors()) {
      if (classes || kind != DetectorSettings.Kind.DDM) {
        detectors.add(new Detector(kind, settings.detectors().expectedRunRows(), classes));
      }
    }
  }

  PredictionColumns columns() {
    return columns;
  }

  RowAttributes attributes() {
    return attributes;
  }

  /** Counts a prediction for its segments and groups, whether or not its outcome comes. */
  void predicted(Prediction prediction, List<String> words, long nowMillis) {
    if (panes == null) {
      return;
    }
    panes.advance(nowMillis);
    for (Tally segment : attributes.segments(panes, words)) {
      segment.addPrediction();
    }
    Scorer by = panes.scorer();
    if (by.kind() == OutputKind.REGRESSION) {
      return;
    }
    int predicted = by.predictedClass(prediction);
    expect(by, panes.expected(), prediction.number(), predicted);
    if (predicted >= 0) {
      for (GroupTally group : attributes.groups(panes, words)) {
        group.addPrediction(predicted);
      }
    }
  }

  private void expect(Scorer by, @Nullable ExpectedTally expected, double score, int predicted) {
    if (expected == null || basis == null || basis.calibration().isEmpty()) {
      return;
    }
    if (!ProbabilityLoss.isProbability(score)) {
      expected.addUnusable();
      return;
    }
    int bin = by.layout().indexOf(score);
    expected.add(
        bin,
        basis.calibration().get().probability(bin, score),
        predicted == 1,
        by.layout().covers(score));
  }

  /** Returns whether an outcome is of the type of the prediction. */
  boolean fits(Prediction prediction, Value outcome) {
    return panes == null || panes.scorer().fits(prediction, outcome);
  }

  void recordDelay(long lagMillis) {
    delays.record(lagMillis);
  }

  /** Counts a prediction whose outcome is known. */
  void score(Prediction prediction, List<String> words, Value outcome, long nowMillis) {
    if (panes == null) {
      count(Unscored.UNKNOWN_OUTPUT);
      return;
    }
    panes.advance(nowMillis);
    if (panes.scorer().kind() == OutputKind.REGRESSION) {
      scoreNumber(panes, prediction, words, outcome, nowMillis);
    } else {
      scoreClass(panes, prediction, words, outcome, nowMillis);
    }
  }

  private void scoreNumber(
      TruthPanes into, Prediction prediction, List<String> words, Value outcome, long nowMillis) {
    double truth = outcome.asNumber().orElse(Double.NaN);
    if (!Double.isFinite(prediction.number()) || !Double.isFinite(truth)) {
      count(Unscored.NO_PREDICTION);
      return;
    }
    if (!into.all().addNumbers(prediction.number(), truth)) {
      count(Unscored.EXTREME);
      return;
    }
    for (Tally segment : attributes.segments(into, words)) {
      segment.addNumbers(prediction.number(), truth);
    }
    watch(Math.abs(prediction.number() - truth), nowMillis);
  }

  private void scoreClass(
      TruthPanes into, Prediction prediction, List<String> words, Value outcome, long nowMillis) {
    int predicted = into.scorer().predictedClass(prediction);
    int actual = into.scorer().actualClass(outcome);
    if (predicted < 0 || actual < 0) {
      count(Unscored.NO_PREDICTION);
      return;
    }
    into.all().addClasses(actual, predicted);
    for (Tally segment : attributes.segments(into, words)) {
      segment.addClasses(actual, predicted);
    }
    watch(actual == predicted ? 0 : 1, nowMillis);
    for (GroupTally group : attributes.groups(into, words)) {
      group.addOutcome(actual, predicted);
    }
    if (into.scorer().kind() == OutputKind.BINARY) {
      scoreProbability(into, prediction.number(), actual == 1);
    } else if (columns.expectsProbabilities()) {
      scoreProbability(into, prediction.probabilities(), actual);
    }
  }

  /** Returns whether a class was predicted rightly; nothing if that cannot be told. */
  Optional<Boolean> isRight(Prediction prediction, Value outcome) {
    if (panes == null || panes.scorer().kind() == OutputKind.REGRESSION) {
      return Optional.empty();
    }
    int predicted = panes.scorer().predictedClass(prediction);
    int actual = panes.scorer().actualClass(outcome);
    return predicted < 0 || actual < 0 ? Optional.empty() : Optional.of(predicted == actual);
  }

  /** Counts a request that another version has answered, too. */
  void pair(ModelKey other, boolean right, boolean otherRight) {
    paired.merge(
        other,
        PairedOutcomes.NONE.with(right, otherRight),
        (known, one) -> known.with(right, otherRight));
  }

  private void watch(double loss, long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    detectors.forEach(detector -> detector.update(loss, now));
  }

  private void scoreProbability(TruthPanes into, double score, boolean positive) {
    if (ProbabilityLoss.isProbability(score)) {
      into.all().addScore(into.scorer().layout().indexOf(score), score, positive);
    } else if (!Double.isNaN(score) || columns.expectsScore()) {
      count(Unscored.BAD_SCORE);
    }
  }

  private void scoreProbability(TruthPanes into, double[] probabilities, int actual) {
    if (actual < probabilities.length && ProbabilityLoss.isProbability(probabilities[actual])) {
      into.all().addProbabilityOfTruth(probabilities[actual]);
    } else {
      count(Unscored.BAD_SCORE);
    }
  }

  private void count(Unscored reason) {
    unscored[reason.ordinal()]++;
  }

  /** Writes everything but what waits. */
  void save(StateOutput out) {
    delays.save(out);
    out.numbers(unscored);
    attributes.save(out);
    savePaired(out);
    out.text(settings.toString());
    out.number(detectors.size());
    detectors.forEach(detector -> detector.save(out));
    out.flag(panes != null);
    if (panes != null) {
      panes.save(out);
    }
  }

  /**
   * Goes on where a saved one stood, as far as settings and the meaning of predictions are the
   * same.
   *
   * @param continuous whether totals go on as well
   */
  void restore(StateInput in, boolean continuous, long nowMillis) throws SnapshotException {
    delays.restore(in, continuous);
    long[] savedUnscored = in.counts(unscored.length);
    if (continuous) {
      System.arraycopy(savedUnscored, 0, unscored, 0, unscored.length);
    }
    attributes.restore(in);
    restorePaired(in, continuous);
    if (!in.text().equals(settings.toString())) {
      return;
    }
    List<Detector.Saved> saved = new ArrayList<>();
    int detectorCount = in.size(MOST_SAVED);
    for (int i = 0; i < detectorCount; i++) {
      saved.add(Detector.Saved.restore(in));
    }
    if (panes != null && in.flag() && panes.restore(in, continuous, nowMillis)) {
      for (Detector.Saved state : saved) {
        for (Detector detector : detectors) {
          if (detector.isCalled(state.label())) {
            detector.restore(state, continuous);
          }
        }
      }
    }
  }

  private void savePaired(StateOutput out) {
    out.number(paired.size());
    paired.forEach(
        (other, outcomes) -> {
          out.text(other.name());
          out.text(other.version());
          out.number(outcomes.bothRight());
          out.number(outcomes.onlyFirst());
          out.number(outcomes.onlySecond());
          out.number(outcomes.bothWrong());
        });
  }

  private void restorePaired(StateInput in, boolean continuous) throws SnapshotException {
    int pairs = in.size(MOST_SAVED);
    for (int i = 0; i < pairs; i++) {
      ModelKey other = new ModelKey(in.text(), in.text());
      PairedOutcomes outcomes = new PairedOutcomes(in.count(), in.count(), in.count(), in.count());
      if (continuous) {
        paired.put(other, outcomes);
      }
    }
  }

  TruthSnapshot snapshot(JoinCounts joins, long nowMillis, boolean withWindows) {
    if (panes != null) {
      panes.advance(nowMillis);
    }
    Map<Unscored, Long> reasons = new EnumMap<>(Unscored.class);
    for (Unscored reason : Unscored.values()) {
      reasons.put(reason, unscored[reason.ordinal()]);
    }
    return new TruthSnapshot(
        model,
        joins,
        delays.snapshot(),
        reasons,
        detectors.stream().map(Detector::reading).toList(),
        paired,
        Optional.ofNullable(panes).map(counted -> scored(counted, withWindows)));
  }

  private TruthSnapshot.Scored scored(TruthPanes counted, boolean withWindows) {
    Scorer by = counted.scorer();
    return new TruthSnapshot.Scored(
        by,
        counted.segments(),
        counted.groups(),
        counted.expectedTotal(),
        settings.attributes().stream().filter(Attribute::segment).map(Attribute::column).toList(),
        by.favourable(settings.output().classes().favourable()),
        settings.references(),
        ofBaseline,
        basis == null ? "" : basis.reason().map(ScoreBasis.Unusable::label).orElse(""),
        withWindows ? counted.inWindows() : List.of());
  }
}
