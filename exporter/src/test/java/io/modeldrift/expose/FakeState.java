package io.modeldrift.expose;

import io.modeldrift.decode.IgnoreReason;
import io.modeldrift.decode.Protocol;
import io.modeldrift.decode.RejectReason;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.FairnessSettings;
import io.modeldrift.evaluate.RetrainingAdvice;
import io.modeldrift.evaluate.TruthEvaluator;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.DropReason;
import io.modeldrift.ingest.LedgerKey;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.Outcome;
import io.modeldrift.ingest.QueueSnapshot;
import io.modeldrift.observe.AttributionSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.PairingCounts;
import io.modeldrift.observe.ServerUsage;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.truth.ReviewCounts;
import io.modeldrift.truth.StoreStatus;
import io.modeldrift.truth.TruthSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An exporter's state that a test sets by hand. */
final class FakeState implements ExposedState {

  static final Instant STARTED = Instant.parse("2030-01-01T00:00:00Z");

  List<ModelSnapshot> models = List.of();
  DriftReport report = DriftReport.none();
  List<TruthSnapshot> truths = List.of();
  Map<ModelKey, Map<Feedback.Kind, Long>> feedback = Map.of();
  Map<ModelKey, ReviewCounts> reviews = Map.of();
  List<RetrainingAdvice> retraining = List.of();
  List<ServerUsage> servers = List.of();
  List<VersionSnapshot> versions = List.of();
  List<VersionReport> versionReports = List.of();
  List<AttributionSnapshot> attributions = List.of();
  Map<String, String> info = Map.of();
  boolean ready = true;

  /** What happens while models are read. */
  Runnable meanwhile = () -> {};

  LedgerSnapshot ledger = balancedLedger();
  QueueSnapshot queue = new QueueSnapshot(2048, 32 << 20, 3, 10_000);
  ExporterFacts exporter =
      new ExporterFacts(
          "0.1.0",
          "4f2c1d7",
          STARTED,
          Optional.of(new ExporterFacts.Reload(true, STARTED)),
          Map.of("models", 0L));

  /** Lets one more payload end as observed while models are read. */
  void observeMeanwhile() {
    LedgerKey line = new LedgerKey(Outcome.OBSERVED, "", Protocol.V1);
    meanwhile =
        () -> {
          Map<LedgerKey, Long> lines = new HashMap<>(ledger.outcomes());
          lines.merge(line, 1L, Long::sum);
          ledger = new LedgerSnapshot(ledger.received(), ledger.waiting() - 1, lines);
        };
  }

  /** Sets models whose windows have been evaluated often enough to change a state. */
  void evaluate(ModelSnapshot... evaluated) {
    models = List.of(evaluated);
    report = Models.report(evaluated);
  }

  @Override
  public List<ModelSnapshot> models() {
    meanwhile.run();
    return models;
  }

  @Override
  public DriftReport report() {
    return report;
  }

  @Override
  public EvaluationFacts evaluations() {
    return report.models().isEmpty() ? EvaluationFacts.none() : new EvaluationFacts(3, 0.045, 0);
  }

  @Override
  public List<RetrainingAdvice> retraining() {
    return retraining;
  }

  @Override
  public List<AttributionSnapshot> attributions() {
    return attributions;
  }

  @Override
  public List<VersionSnapshot> versions() {
    return versions;
  }

  @Override
  public List<VersionReport> versionReports() {
    return versionReports;
  }

  @Override
  public List<ServerUsage> servers() {
    return servers;
  }

  @Override
  public Map<String, String> info(ModelKey model) {
    return info;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public LedgerSnapshot ledger() {
    return ledger;
  }

  @Override
  public PairingCounts pairing() {
    return new PairingCounts(40, 2, 1, 2, 1, 5, 1, 3, 900);
  }

  @Override
  public List<TruthSnapshot> truths() {
    return truths;
  }

  @Override
  public TruthReport truthReport() {
    return new TruthEvaluator().evaluate(truths, FairnessSettings.withDefaults());
  }

  @Override
  public StoreStatus truthStore() {
    return new StoreStatus(StoreStatus.State.DISK, 3, 100_000, 65_536, 700, 64 << 20, 1);
  }

  @Override
  public Map<ModelKey, Map<Feedback.Kind, Long>> feedback() {
    return feedback;
  }

  @Override
  public Map<ModelKey, ReviewCounts> reviews() {
    return reviews;
  }

  @Override
  public QueueSnapshot queue() {
    return queue;
  }

  @Override
  public OperationFacts operations() {
    return new OperationFacts(
        Map.of("unauthenticated", 2L),
        Optional.of(true),
        Optional.of(SnapshotFacts.none().restoredFrom(STARTED).written(0.01, 4096, STARTED)),
        Map.of("error", 1L, "warn", 2L),
        3,
        1);
  }

  @Override
  public ExporterFacts exporter() {
    return exporter;
  }

  /** 1,000 received = 950 observed + 30 ignored + 12 rejected + 5 dropped + 3 waiting. */
  private static LedgerSnapshot balancedLedger() {
    Map<LedgerKey, Long> lines = new HashMap<>();
    lines.put(new LedgerKey(Outcome.OBSERVED, "", Protocol.V1), 900L);
    lines.put(new LedgerKey(Outcome.OBSERVED, "", Protocol.NATIVE), 50L);
    lines.put(
        new LedgerKey(Outcome.IGNORED, IgnoreReason.NOT_INFERENCE.label(), Protocol.UNKNOWN), 30L);
    lines.put(new LedgerKey(Outcome.REJECTED, RejectReason.BAD_JSON.label(), Protocol.V1), 12L);
    lines.put(new LedgerKey(Outcome.REJECTED, RejectReason.BAD_SHAPE.label(), Protocol.V1), 0L);
    lines.put(new LedgerKey(Outcome.DROPPED, DropReason.OVERLOAD.label(), Protocol.UNKNOWN), 5L);
    return new LedgerSnapshot(1_000, 3, lines);
  }
}
