package io.modeldrift.truth;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Protocol;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.observe.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A desk, with short words for what a test tells it. */
final class Desk implements AutoCloseable {

  static final ModelKey CREDIT = new ModelKey("credit", "3");
  static final List<Window> WINDOWS =
      List.of(
          new Window("5m", Duration.ofMinutes(5), 5), new Window("1h", Duration.ofHours(1), 12));

  final ManualTime time;
  final TruthDesk desk;
  private final InferenceBatch batch = new InferenceBatch();
  private long truths;
  private long predictions;

  record Known() implements TruthDesk.Models {

    @Override
    public Set<ModelKey> known() {
      return Set.of(CREDIT);
    }

    @Override
    public Optional<Baseline> baseline(ModelKey model) {
      return Optional.empty();
    }
  }

  Desk(StoreSettings store, ModelTruthSettings model, ManualTime time) {
    this.time = time;
    this.desk =
        new TruthDesk(new TruthSettings(store, WINDOWS, key -> model, 20), new Known(), time);
    this.truths = received(JoinCounts::truths);
    this.predictions = received(JoinCounts::predictions);
  }

  private long received(ToLongFunction<JoinCounts> number) {
    return desk.counters().stream().mapToLong(model -> number.applyAsLong(model.joins())).sum();
  }

  static Desk binary(StoreSettings store, ManualTime time) {
    OutputSettings output = OutputSettings.defaults().withKind(OutputKind.BINARY);
    return new Desk(store, new ModelTruthSettings(output, List.of()), time);
  }

  static Desk binary() {
    return binary(StoreSettings.defaults(), new ManualTime());
  }

  /** Takes a prediction of one row. */
  void predict(@Nullable String id, double score, String... attributes) {
    predictions += id == null ? 0 : 1;
    batch.reset(CREDIT, BatchKind.PAIR, time.instant());
    int row = batch.addRow();
    output("score").setNumber(row, score);
    for (int i = 0; i < attributes.length; i += 2) {
      Column column = batch.column(Role.INPUT, attributes[i]);
      if (column != null) {
        column.setText(row, attributes[i + 1]);
      }
    }
    if (id != null) {
      batch.setId(row, id);
    }
    desk.predictions(batch);
  }

  private Column output(String name) {
    Column column = batch.column(Role.OUTPUT, name);
    if (column == null) {
      throw new AssertionError("no column");
    }
    return column;
  }

  /** Reports an outcome and returns its label, {@code waiting} included. */
  String report(String id, @Nullable Value outcome) {
    return report(truth("credit", List.of(id), outcome, Map.of()));
  }

  String report(String id, double outcome) {
    return report(id, new Value.Numeric(outcome));
  }

  String report(GroundTruth truth) {
    truths++;
    TruthReceipt receipt =
        desk.truths(new Decoded.Truths(Protocol.GROUND_TRUTH, List.of(truth), List.of("/0"), 0));
    List<String> labels = new ArrayList<>(receipt.outcomes().keySet());
    if (!receipt.problems().isEmpty()) {
      labels.add(receipt.problems().get(0).reason());
    }
    return String.join(" ", labels);
  }

  static GroundTruth truth(
      String model, List<String> ids, @Nullable Value outcome, Map<String, Value> prediction) {
    return new GroundTruth(model, "", ids, 0, outcome, prediction, Map.of());
  }

  /** Returns the state of the model. */
  TruthSnapshot credit() {
    return desk.snapshots().stream()
        .filter(snapshot -> snapshot.model().equals(CREDIT))
        .findFirst()
        .orElseThrow();
  }

  long count(TruthOutcome outcome) {
    return desk.counters().stream().mapToLong(model -> model.joins().count(outcome)).sum();
  }

  long count(PredictionOutcome outcome) {
    return desk.counters().stream().mapToLong(model -> model.joins().count(outcome)).sum();
  }

  /** Returns the number of rows that count for performance. */
  long scored() {
    return in(credit().scored().orElseThrow().segments(), TruthSnapshot.ALL).rows();
  }

  /** Returns what a map has under a key, which must be there. */
  static <T> T in(Map<String, T> map, String key) {
    T value = map.get(key);
    if (value == null) {
      throw new AssertionError("nothing under " + key + " in " + map.keySet());
    }
    return value;
  }

  /** Whether as much was received as was sent to this desk. */
  boolean hasReceivedEverything() {
    return received(JoinCounts::truths) == truths
        && received(JoinCounts::predictions) == predictions;
  }

  /** Says what does not add up; empty if everything does. */
  String imbalance() {
    long truths = 0;
    long predictions = 0;
    for (TruthSnapshot model : desk.counters()) {
      JoinCounts joins = model.joins();
      truths += joins.truths() - joins.waitingTruths();
      predictions += joins.predictions() - joins.waitingPredictions();
      truths -= joins.truthOutcomes().values().stream().mapToLong(Long::longValue).sum();
      predictions -= joins.predictionOutcomes().values().stream().mapToLong(Long::longValue).sum();
    }
    return truths == 0 && predictions == 0
        ? ""
        : truths + " truths and " + predictions + " predictions unaccounted for";
  }

  @Override
  public void close() {
    desk.close();
  }
}
