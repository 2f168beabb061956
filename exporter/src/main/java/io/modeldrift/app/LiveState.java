package io.modeldrift.app;

import io.modeldrift.app.log.Logging;
import io.modeldrift.config.ModelContext;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.RetrainingAdvice;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.expose.EvaluationFacts;
import io.modeldrift.expose.ExporterFacts;
import io.modeldrift.expose.ExposedState;
import io.modeldrift.expose.OperationFacts;
import io.modeldrift.expose.SnapshotFacts;
import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.Intake;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.QueueSnapshot;
import io.modeldrift.observe.AttributionSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.PairingCounts;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.observe.ServerUsage;
import io.modeldrift.observe.ServerWatch;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.truth.ReviewCounts;
import io.modeldrift.truth.StoreStatus;
import io.modeldrift.truth.TruthSnapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What metrics, pages and API read, taken from the running parts. */
final class LiveState implements ExposedState {

  private final Observatory observatory;
  private final Intake intake;
  private final PairingStore pairing;
  private final Desks desks;
  private final EvaluationLoop evaluations;
  private final BuildInfo build = new BuildInfo();
  private final Instant started;
  private volatile ModelContext about;
  private volatile ServerWatch modelServers;
  private volatile boolean ready;
  private volatile @Nullable Servers servers;
  private volatile @Nullable Snapshots snapshots;
  private volatile @Nullable Reloading reloading;

  LiveState(
      Observatory observatory,
      Intake intake,
      PairingStore pairing,
      Desks desks,
      EvaluationLoop evaluations,
      ModelContext about,
      Instant started) {
    this.observatory = observatory;
    this.intake = intake;
    this.pairing = pairing;
    this.desks = desks;
    this.evaluations = evaluations;
    this.about = about;
    this.modelServers = new ServerWatch(Path.of("/"), about.servers());
    this.started = started;
  }

  /** Tells from now on what another configuration says about models. */
  void setAbout(ModelContext next) {
    about = next;
    modelServers = new ServerWatch(Path.of("/"), next.servers());
  }

  /** Names the servers, which need this state to be made. */
  void setServers(Servers made) {
    servers = made;
  }

  /** Names what saves the state, if anything does. */
  void setSnapshots(@Nullable Snapshots saving) {
    snapshots = saving;
  }

  /** Names what reads the configuration again, if there is any to read. */
  void setReloading(Reloading reader) {
    reloading = reader;
  }

  /** Says from now on whether payloads are taken. */
  void setReady(boolean taking) {
    ready = taking;
  }

  @Override
  public List<ModelSnapshot> models() {
    return observatory.counters();
  }

  @Override
  public LedgerSnapshot ledger() {
    return intake.ledger();
  }

  @Override
  public QueueSnapshot queue() {
    return intake.queue();
  }

  @Override
  public PairingCounts pairing() {
    return pairing.counts();
  }

  @Override
  public List<TruthSnapshot> truths() {
    return desks.truth().counters();
  }

  @Override
  public TruthReport truthReport() {
    return evaluations.truthReport();
  }

  @Override
  public StoreStatus truthStore() {
    return desks.truth().store();
  }

  @Override
  public Map<ModelKey, Map<Feedback.Kind, Long>> feedback() {
    return desks.feedback().snapshot();
  }

  @Override
  public Map<ModelKey, ReviewCounts> reviews() {
    return desks.reviews().counts();
  }

  @Override
  public ExporterFacts exporter() {
    return new ExporterFacts(
        build.version(),
        build.revision(),
        started,
        Optional.ofNullable(reloading).map(Reloading::facts),
        Map.of(
            "rows_model_limit", observatory.refusedRows(),
            "rows_column_limit", observatory.tooWideRows()));
  }

  @Override
  public OperationFacts operations() {
    Servers doors = servers;
    Optional<SnapshotFacts> saved = Optional.ofNullable(snapshots).map(Snapshots::facts);
    return new OperationFacts(
        doors == null ? Map.of() : doors.refusals().snapshot(),
        doors != null && doors.hasAccessFiles()
            ? Optional.of(doors.isAccessUsable())
            : Optional.empty(),
        saved,
        Logging.graveLines(),
        Logging.suppressed(),
        intake.sampleRatio());
  }

  @Override
  public DriftReport report() {
    return evaluations.report();
  }

  @Override
  public EvaluationFacts evaluations() {
    return evaluations.facts();
  }

  @Override
  public List<RetrainingAdvice> retraining() {
    return evaluations.retraining();
  }

  @Override
  public List<AttributionSnapshot> attributions() {
    return desks.attributions().snapshots();
  }

  @Override
  public List<VersionSnapshot> versions() {
    return desks.versions().snapshots();
  }

  @Override
  public List<VersionReport> versionReports() {
    return evaluations.versions();
  }

  @Override
  public List<ServerUsage> servers() {
    return modelServers.usage();
  }

  @Override
  public Map<String, String> info(ModelKey model) {
    return about.info().apply(model);
  }

  @Override
  public boolean ready() {
    return ready;
  }
}
