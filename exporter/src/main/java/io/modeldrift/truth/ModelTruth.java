package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.observe.PaneClock;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The scored predictions of one model version, in total and per window.
 *
 * <p>Bounded: at most {@value #MOST_SEGMENTS} segments and as many groups; a further one is not
 * counted. Not thread-safe.
 */
final class ModelTruth {

  private static final int MOST_SEGMENTS = 200;

  private final ModelKey model;
  private final ModelTruthSettings settings;
  private final List<Window> windows;
  private final PaneClock clock;
  private final PredictionColumns columns;
  private final DelayCounts.Counter delays = new DelayCounts.Counter();
  private final long[] unscored = new long[Unscored.values().length];
  private final List<Detector> detectors = new ArrayList<>();
  private final Map<String, AttributeNames> names = new LinkedHashMap<>();
  private final Map<String, PaneRing<Tally>> segments = new LinkedHashMap<>();
  private final Map<String, Map<String, PaneRing<GroupTally>>> groups = new LinkedHashMap<>();
  private @Nullable Baseline baseline;
  private @Nullable Scorer scorer;
  private @Nullable ScoreBasis basis;
  private @Nullable PaneRing<ExpectedTally> expected;

  ModelTruth(ModelKey model, ModelTruthSettings settings, List<Window> windows, long nowMillis) {
    this.model = model;
    this.settings = settings;
    this.windows = windows;
    this.clock = new PaneClock(windows, nowMillis);
    this.columns = new PredictionColumns(settings.output());
    adopt(null);
  }

  /** Whether this is what a new configuration asks for, too. */
  boolean isFor(ModelTruthSettings otherSettings, List<Window> otherWindows) {
    return settings.equals(otherSettings) && windows.equals(otherWindows);
  }

  /** Learns what the model predicts from the baseline in force; a new meaning starts afresh. */
  @SuppressWarnings("ReferenceEquality")
  void compareWith(@Nullable Baseline inForce) {
    if (inForce != baseline) {
      adopt(inForce);
    }
  }

  private void adopt(@Nullable Baseline inForce) {
    baseline = inForce;
    for (Attribute attribute : settings.attributes()) {
      names.put(attribute.column(), AttributeNames.of(attribute, inForce));
    }
    ScoreBasis foundBasis = ScoreBasis.of(settings.output(), inForce);
    Scorer found = Scorer.of(settings.output(), inForce).orElse(null);
    if (found == null || (scorer != null && found.equals(scorer))) {
      return;
    }
    scorer = found;
    basis = found.kind() == OutputKind.BINARY ? foundBasis : null;
    expected =
        basis != null && basis.calibration().isPresent()
            ? new PaneRing<>(windows, () -> new ExpectedTally(found.layout().bins()))
            : null;
    segments.clear();
    groups.clear();
    segments.put(TruthSnapshot.ALL, new PaneRing<>(windows, found::tally));
    detectors.clear();
    boolean classes = found.kind() != OutputKind.REGRESSION;
    for (DetectorSettings.Kind kind : settings.detectors().detectors()) {
      if (classes || kind != DetectorSettings.Kind.DDM) {
        detectors.add(new Detector(kind, settings.detectors().expectedRunRows(), classes));
      }
    }
  }

  /** Returns whether segments or groups lie in columns that only the inputs have. */
  boolean needsInputs() {
    return !settings.attributes().isEmpty();
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

  /**
   * Counts a prediction for its segments and groups, whether or not its outcome will ever be known.
   */
  void predicted(Prediction prediction, List<String> attributes, long nowMillis) {
    advance(nowMillis);
    if (scorer == null) {
      return;
    }
    for (String attribute : attributes) {
      PaneRing<Tally> segment = segment(attribute, scorer);
      if (segment != null) {
        segment.open().addPrediction();
      }
    }
    if (scorer.kind() == OutputKind.REGRESSION) {
      return;
    }
    int predicted = scorer.predictedClass(prediction);
    expect(scorer, prediction.number(), predicted);
    if (predicted < 0) {
      return;
    }
    for (String attribute : attributes) {
      PaneRing<GroupTally> group = group(attribute, scorer);
      if (group != null) {
        group.open().addPrediction(predicted);
      }
    }
  }

  private void expect(Scorer by, double score, int predicted) {
    if (expected == null || basis == null || basis.calibration().isEmpty()) {
      return;
    }
    if (!ProbabilityLoss.isProbability(score)) {
      expected.open().addUnusable();
      return;
    }
    int bin = by.layout().indexOf(score);
    expected
        .open()
        .add(
            bin,
            basis.calibration().get().probability(bin, score),
            predicted == 1,
            by.layout().covers(score));
  }

  /** Returns whether an outcome is of the type of the prediction. */
  boolean fits(Prediction prediction, Value outcome) {
    return scorer == null || scorer.fits(prediction, outcome);
  }

  void recordDelay(long lagMillis) {
    delays.record(lagMillis);
  }

  /** Counts a prediction whose outcome is known. */
  void score(Prediction prediction, List<String> attributes, Value outcome, long nowMillis) {
    advance(nowMillis);
    if (scorer == null) {
      count(Unscored.UNKNOWN_OUTPUT);
    } else if (scorer.kind() == OutputKind.REGRESSION) {
      scoreNumber(scorer, prediction, attributes, outcome, nowMillis);
    } else {
      scoreClass(scorer, prediction, attributes, outcome, nowMillis);
    }
  }

  private void scoreNumber(
      Scorer by, Prediction prediction, List<String> attributes, Value outcome, long nowMillis) {
    double truth = outcome.asNumber().orElse(Double.NaN);
    if (!Double.isFinite(prediction.number()) || !Double.isFinite(truth)) {
      count(Unscored.NO_PREDICTION);
      return;
    }
    for (PaneRing<Tally> ring : rings(attributes, by)) {
      ring.open().addNumbers(prediction.number(), truth);
    }
    watch(Math.abs(prediction.number() - truth), nowMillis);
  }

  private void scoreClass(
      Scorer by, Prediction prediction, List<String> attributes, Value outcome, long nowMillis) {
    int predicted = by.predictedClass(prediction);
    int actual = by.actualClass(outcome);
    if (predicted < 0 || actual < 0) {
      count(Unscored.NO_PREDICTION);
      return;
    }
    for (PaneRing<Tally> ring : rings(attributes, by)) {
      ring.open().addClasses(actual, predicted);
    }
    watch(actual == predicted ? 0 : 1, nowMillis);
    for (String attribute : attributes) {
      PaneRing<GroupTally> group = group(attribute, by);
      if (group != null) {
        group.open().addOutcome(actual, predicted);
      }
    }
    if (by.kind() == OutputKind.BINARY) {
      scoreProbability(by, prediction.number(), actual == 1);
    } else if (columns.expectsProbabilities()) {
      scoreProbability(prediction.probabilities(), actual);
    }
  }

  private void watch(double loss, long nowMillis) {
    Instant now = Instant.ofEpochMilli(nowMillis);
    detectors.forEach(detector -> detector.update(loss, now));
  }

  private void scoreProbability(Scorer by, double score, boolean positive) {
    PaneRing<Tally> all = segments.get(TruthSnapshot.ALL);
    if (all != null && ProbabilityLoss.isProbability(score)) {
      all.open().addScore(by.layout().indexOf(score), score, positive);
    } else if (!Double.isNaN(score) || columns.expectsScore()) {
      count(Unscored.BAD_SCORE);
    }
  }

  private void scoreProbability(double[] probabilities, int actual) {
    PaneRing<Tally> all = segments.get(TruthSnapshot.ALL);
    if (all != null
        && actual < probabilities.length
        && ProbabilityLoss.isProbability(probabilities[actual])) {
      all.open().addProbabilityOfTruth(probabilities[actual]);
    } else {
      count(Unscored.BAD_SCORE);
    }
  }

  private void count(Unscored reason) {
    unscored[reason.ordinal()]++;
  }

  private List<PaneRing<Tally>> rings(List<String> attributes, Scorer by) {
    List<PaneRing<Tally>> rings = new ArrayList<>(attributes.size() + 1);
    PaneRing<Tally> all = segments.get(TruthSnapshot.ALL);
    if (all != null) {
      rings.add(all);
    }
    for (String attribute : attributes) {
      PaneRing<Tally> segment = segment(attribute, by);
      if (segment != null) {
        rings.add(segment);
      }
    }
    return rings;
  }

  private @Nullable PaneRing<Tally> segment(String attribute, Scorer by) {
    int end = attribute.indexOf('\u0000');
    String column = attribute.substring(0, end);
    if (!isConfigured(column, true)) {
      return null;
    }
    String name = column + "=" + attribute.substring(end + 1);
    PaneRing<Tally> known = segments.get(name);
    if (known == null && segments.size() < MOST_SEGMENTS) {
      known = new PaneRing<>(windows, by::segmentTally);
      segments.put(name, known);
    }
    return known;
  }

  private @Nullable PaneRing<GroupTally> group(String attribute, Scorer by) {
    int end = attribute.indexOf('\u0000');
    String column = attribute.substring(0, end);
    if (!isConfigured(column, false)) {
      return null;
    }
    Map<String, PaneRing<GroupTally>> ofColumn =
        groups.computeIfAbsent(column, key -> new LinkedHashMap<>());
    String name = attribute.substring(end + 1);
    PaneRing<GroupTally> known = ofColumn.get(name);
    if (known == null && ofColumn.size() < MOST_SEGMENTS) {
      known = new PaneRing<>(windows, () -> new GroupTally(by.classes().size()));
      ofColumn.put(name, known);
    }
    return known;
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

  private void advance(long nowMillis) {
    if (clock.isBeyond(nowMillis)) {
      flush();
      clock.advance(nowMillis, this::clear);
    }
  }

  private void flush() {
    int[] newest = clock.indexes();
    if (expected != null) {
      expected.flush(newest);
    }
    segments.values().forEach(ring -> ring.flush(newest));
    groups.values().forEach(of -> of.values().forEach(ring -> ring.flush(newest)));
  }

  private void clear(int window, int pane) {
    if (expected != null) {
      expected.clear(window, pane);
    }
    segments.values().forEach(ring -> ring.clear(window, pane));
    groups.values().forEach(of -> of.values().forEach(ring -> ring.clear(window, pane)));
  }

  TruthSnapshot snapshot(JoinCounts joins, long nowMillis, boolean withWindows) {
    advance(nowMillis);
    flush();
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
        Optional.ofNullable(scorer).map(by -> scored(by, withWindows)));
  }

  private TruthSnapshot.Scored scored(Scorer by, boolean withWindows) {
    List<TruthSnapshot.InWindow> inWindows = new ArrayList<>();
    for (int w = 0; withWindows && w < windows.size(); w++) {
      int window = w;
      inWindows.add(
          new TruthSnapshot.InWindow(
              windows.get(w),
              each(segments, ring -> ring.window(window)),
              each(groups, of -> each(of, ring -> ring.window(window))),
              Optional.ofNullable(expected).map(ring -> ring.window(window))));
    }
    Map<String, String> references = new LinkedHashMap<>();
    for (Attribute attribute : settings.attributes()) {
      if (!attribute.reference().isEmpty()) {
        references.put(attribute.column(), attribute.reference());
      }
    }
    return new TruthSnapshot.Scored(
        by,
        each(segments, PaneRing::total),
        each(groups, of -> each(of, PaneRing::total)),
        Optional.ofNullable(expected).map(PaneRing::total),
        settings.attributes().stream().filter(Attribute::segment).map(Attribute::column).toList(),
        by.favourable(settings.output().classes().favourable()),
        references,
        Optional.ofNullable(baseline)
            .flatMap(Baseline::truth)
            .map(truth -> BaselineTallies.of(truth, by))
            .orElse(Map.of()),
        basis == null ? "" : basis.reason().map(ScoreBasis.Unusable::label).orElse(""),
        inWindows);
  }

  private static <A, B> Map<String, B> each(Map<String, A> map, Function<A, B> copy) {
    Map<String, B> copies = new LinkedHashMap<>();
    map.forEach((key, value) -> copies.put(key, copy.apply(value)));
    return copies;
  }
}
