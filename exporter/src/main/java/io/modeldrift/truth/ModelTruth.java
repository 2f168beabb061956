package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.PairedOutcomes;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
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
  private final Map<String, AttributeNames> names = new LinkedHashMap<>();
  private final Map<ModelKey, PairedOutcomes> paired = new TreeMap<>();
  private @Nullable Baseline baseline;
  private @Nullable ScoreBasis basis;
  private @Nullable TruthPanes panes;

  ModelTruth(ModelKey model, ModelTruthSettings settings, List<Window> windows, long nowMillis) {
    this.model = model;
    this.settings = settings;
    this.windows = windows;
    this.columns = new PredictionColumns(settings.output());
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
    for (Attribute attribute : settings.attributes()) {
      names.put(attribute.column(), AttributeNames.of(attribute, inForce));
    }
    ScoreBasis foundBasis = ScoreBasis.of(settings.output(), inForce);
    Scorer found = Scorer.of(settings.output(), inForce).orElse(null);
    if (found == null || (panes != null && found.equals(panes.scorer()))) {
      return;
    }
    basis = found.kind() == OutputKind.BINARY ? foundBasis : null;
    boolean expects = basis != null && basis.calibration().isPresent();
    panes = new TruthPanes(found, expects, windows, nowMillis);
    detectors.clear();
    boolean classes = found.kind() != OutputKind.REGRESSION;
    for (DetectorSettings.Kind kind : settings.detectors().detectors()) {
      if (classes || kind != DetectorSettings.Kind.DDM) {
        detectors.add(new Detector(kind, settings.detectors().expectedRunRows(), classes));
      }
    }
  }

  PredictionColumns columns() {
    return columns;
  }

  /** Returns the names of a row's segments and groups, each with its column. */
  List<String> attributes(InferenceBatch batch, int row) {
    List<String> found = new ArrayList<>(settings.attributes().size());
    for (Attribute attribute : settings.attributes()) {
      found.add(word(attribute, PredictionColumns.value(cell(batch, attribute.column()), row)));
    }
    return found;
  }

  /** Returns the names of segments and groups that came along with an outcome. */
  List<String> attributes(GroundTruth truth) {
    List<String> found = new ArrayList<>(settings.attributes().size());
    for (Attribute attribute : settings.attributes()) {
      found.add(word(attribute, truth.attributes().get(attribute.column())));
    }
    return found;
  }

  private String word(Attribute attribute, @Nullable Value value) {
    AttributeNames known = names.get(attribute.column());
    String name = known == null ? AttributeNames.OTHER : known.of(value);
    return attribute.column() + "\u0000" + name;
  }

  private static @Nullable Column cell(InferenceBatch batch, String column) {
    Column input = batch.find(Role.INPUT, column);
    return input == null ? batch.find(Role.OUTPUT, column) : input;
  }

  /** Counts a prediction for its segments and groups, whether or not its outcome comes. */
  void predicted(Prediction prediction, List<String> attributes, long nowMillis) {
    if (panes == null) {
      return;
    }
    panes.advance(nowMillis);
    for (Tally segment : segments(panes, attributes)) {
      segment.addPrediction();
    }
    Scorer by = panes.scorer();
    if (by.kind() == OutputKind.REGRESSION) {
      return;
    }
    int predicted = by.predictedClass(prediction);
    expect(by, panes.expected(), prediction.number(), predicted);
    if (predicted >= 0) {
      for (GroupTally group : groups(panes, attributes)) {
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
  void score(Prediction prediction, List<String> attributes, Value outcome, long nowMillis) {
    if (panes == null) {
      count(Unscored.UNKNOWN_OUTPUT);
      return;
    }
    panes.advance(nowMillis);
    if (panes.scorer().kind() == OutputKind.REGRESSION) {
      scoreNumber(panes, prediction, attributes, outcome, nowMillis);
    } else {
      scoreClass(panes, prediction, attributes, outcome, nowMillis);
    }
  }

  private void scoreNumber(
      TruthPanes into,
      Prediction prediction,
      List<String> attributes,
      Value outcome,
      long nowMillis) {
    double truth = outcome.asNumber().orElse(Double.NaN);
    if (!Double.isFinite(prediction.number()) || !Double.isFinite(truth)) {
      count(Unscored.NO_PREDICTION);
      return;
    }
    into.all().addNumbers(prediction.number(), truth);
    for (Tally segment : segments(into, attributes)) {
      segment.addNumbers(prediction.number(), truth);
    }
    watch(Math.abs(prediction.number() - truth), nowMillis);
  }

  private void scoreClass(
      TruthPanes into,
      Prediction prediction,
      List<String> attributes,
      Value outcome,
      long nowMillis) {
    int predicted = into.scorer().predictedClass(prediction);
    int actual = into.scorer().actualClass(outcome);
    if (predicted < 0 || actual < 0) {
      count(Unscored.NO_PREDICTION);
      return;
    }
    into.all().addClasses(actual, predicted);
    for (Tally segment : segments(into, attributes)) {
      segment.addClasses(actual, predicted);
    }
    watch(actual == predicted ? 0 : 1, nowMillis);
    for (GroupTally group : groups(into, attributes)) {
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

  private List<Tally> segments(TruthPanes into, List<String> attributes) {
    List<Tally> tallies = new ArrayList<>(attributes.size());
    for (String attribute : attributes) {
      String column = column(attribute);
      Tally tally = isConfigured(column, true) ? into.segment(column, name(attribute)) : null;
      if (tally != null) {
        tallies.add(tally);
      }
    }
    return tallies;
  }

  private List<GroupTally> groups(TruthPanes into, List<String> attributes) {
    List<GroupTally> tallies = new ArrayList<>(attributes.size());
    for (String attribute : attributes) {
      String column = column(attribute);
      GroupTally tally = isConfigured(column, false) ? into.group(column, name(attribute)) : null;
      if (tally != null) {
        tallies.add(tally);
      }
    }
    return tallies;
  }

  private static String column(String attribute) {
    return attribute.substring(0, attribute.indexOf('\u0000'));
  }

  private static String name(String attribute) {
    return attribute.substring(attribute.indexOf('\u0000') + 1);
  }

  /** A prediction may have waited since before a restart with another configuration. */
  private boolean isConfigured(String column, boolean segment) {
    for (Attribute attribute : settings.attributes()) {
      if (attribute.column().equals(column)) {
        return segment ? attribute.segment() : attribute.sensitive();
      }
    }
    return false;
  }

  /** Writes everything but what waits. */
  void save(StateOutput out) {
    delays.save(out);
    out.numbers(unscored);
    out.number(names.size());
    names.forEach(
        (column, known) -> {
          out.text(column);
          known.save(out);
        });
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
    int columnCount = in.size(MOST_SAVED);
    for (int i = 0; i < columnCount; i++) {
      AttributeNames known = names.get(in.text());
      (known == null ? AttributeNames.none() : known).restore(in);
    }
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
    Map<String, String> references = new LinkedHashMap<>();
    for (Attribute attribute : settings.attributes()) {
      if (!attribute.reference().isEmpty()) {
        references.put(attribute.column(), attribute.reference());
      }
    }
    Scorer by = counted.scorer();
    return new TruthSnapshot.Scored(
        by,
        counted.segments(),
        counted.groups(),
        counted.expectedTotal(),
        settings.attributes().stream().filter(Attribute::segment).map(Attribute::column).toList(),
        by.favourable(settings.output().classes().favourable()),
        references,
        Optional.ofNullable(baseline)
            .flatMap(Baseline::truth)
            .map(truth -> BaselineTallies.of(truth, by))
            .orElse(Map.of()),
        basis == null ? "" : basis.reason().map(ScoreBasis.Unusable::label).orElse(""),
        withWindows ? counted.inWindows() : List.of());
  }
}
