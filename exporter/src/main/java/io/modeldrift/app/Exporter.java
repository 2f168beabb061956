package io.modeldrift.app;

import io.modeldrift.app.log.Logging;
import io.modeldrift.app.web.Refusals;
import io.modeldrift.app.web.WebConfigException;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.decode.Decoders;
import io.modeldrift.expose.ExposeRoutes;
import io.modeldrift.ingest.IngestRoutes;
import io.modeldrift.ingest.Intake;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.snapshot.StatePart;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running exporter: its parts, started in order and stopped in reverse.
 *
 * <p>First the observers, then the door, then the evaluator; on the way down the door closes first,
 * and what was already taken is still observed.
 */
public final class Exporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);

  /** Certificates are renewed days before they end; users and tokens are not in a hurry either. */
  private static final Duration ACCESS_CHECK = Duration.ofSeconds(10);

  /** How often reviews are written to their file, at most so much is lost by a kill. */
  private static final Duration REVIEWS_KEPT = Duration.ofSeconds(1);

  private final ExporterSettings settings;
  private final Observatory observatory;
  private final Optional<Reloading> reloading;
  private final PairingStore pairing;
  private final Desks desks;
  private final Intake intake;
  private final EvaluationLoop evaluations;
  private final LiveState state;
  private final Servers servers;
  private final @Nullable Snapshots snapshots;
  private final Housekeeping housekeeping = new Housekeeping();

  private Exporter(
      ExporterSettings settings, InstantSource time, Optional<Reloading.Source> source) {
    this.settings = settings;
    this.observatory = new Observatory(settings.observe(), time);
    this.reloading = source.map(from -> new Reloading(from, time, this::reconfigure));
    observatory.weighRows(settings.ingest().sampleOneIn());
    settings.expected().forEach(observatory::expect);
    settings.advice().forEach(LOG::warn);
    this.pairing = new PairingStore(settings.pairing(), time);
    this.desks = Desks.open(settings, observatory, new SplittableRandom(), time);
    this.intake = new Intake(settings.ingest(), desks.sinks(observatory, pairing));
    this.evaluations =
        new EvaluationLoop(
            observatory::snapshots,
            desks.versions()::snapshots,
            desks.truth()::snapshots,
            settings.evaluation(),
            settings.about().retraining(),
            time);
    this.state =
        new LiveState(
            observatory, intake, pairing, desks, evaluations, settings.about(), time.instant());
    this.servers = servers(settings, time);
    state.setServers(servers);
    this.snapshots = Snapshots.of(settings.storage(), state(), time);
    state.setSnapshots(snapshots);
    if (snapshots != null) {
      snapshots.restore();
    }
    reloading.ifPresent(state::setReloading);
    intake.start(() -> Decoders.standard(settings.decode()));
  }

  /**
   * Starts an exporter that takes payloads from the moment this returns.
   *
   * @throws CommandException if an address cannot be listened on, or its files are of no use
   */
  public static Exporter start(ExporterSettings settings, InstantSource time) {
    return start(settings, time, Optional.empty());
  }

  /**
   * Starts an exporter that reads its configuration again when it is asked to.
   *
   * @throws CommandException if the configuration is wrong, or as above
   */
  static Exporter start(Reloading.Source source, InstantSource time) {
    return start(source.read(), time, Optional.of(source));
  }

  private static Exporter start(
      ExporterSettings settings, InstantSource time, Optional<Reloading.Source> source) {
    Logging.use(settings.log());
    Exporter exporter;
    try {
      exporter = new Exporter(settings, time, source);
    } catch (WebConfigException e) {
      throw new CommandException(1, String.valueOf(e.getMessage()));
    }
    try {
      exporter.servers.start();
    } catch (RuntimeException e) {
      exporter.abandon();
      throw e;
    }
    exporter.evaluations.start();
    if (exporter.servers.hasAccessFiles()) {
      exporter.housekeeping.every(ACCESS_CHECK, exporter.servers::refreshAccess);
    }
    exporter.housekeeping.every(REVIEWS_KEPT, exporter.desks.reviews()::tend);
    exporter.saveNowAndThen();
    exporter.state.setReady(true);
    return exporter;
  }

  /** Returns where the page is. */
  public URI address() {
    return servers.operationsAddress();
  }

  /** Returns where the intake has an address of its own; empty if it shares the page's. */
  public Optional<URI> ingestAddress() {
    return servers.ingestAddress();
  }

  /** Reads the configuration again; returns what is wrong and kept the old one in force. */
  Optional<String> reload() {
    return reloading.isPresent()
        ? reloading.get().reload()
        : Optional.of("there is no configuration to read again");
  }

  /** Looks whether certificates, users or tokens have changed; returns whether they are usable. */
  boolean refreshAccess() {
    return servers.refreshAccess();
  }

  /** Returns every door as method and path, for a test that knocks at each. */
  List<String> doors() {
    return servers.doors();
  }

  /** Takes no more payloads, observes those that wait, and ends all threads. */
  @Override
  public void close() {
    state.setReady(false);
    closeAll(housekeeping, servers::stop, intake, evaluations, saving(Snapshots::close), desks);
  }

  /** Ends what a failed start has begun, and leaves saved state as it was. */
  private void abandon() {
    closeAll(housekeeping, intake, evaluations, saving(Snapshots::abandon), desks);
  }

  private AutoCloseable saving(Consumer<Snapshots> end) {
    return () -> Optional.ofNullable(snapshots).ifPresent(end);
  }

  /** Closes one after the other; a bug in one must not keep the next from its files. */
  private static void closeAll(AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.error("bug while stopping", e);
      }
    }
  }

  /** What needs other sockets, threads or memory waits for a restart. */
  private void reconfigure(ExporterSettings next) {
    Logging.use(next.log());
    warnOfDirectory(
        "ground_truth", settings.truth().store().directory(), next.truth().store().directory());
    warnOfDirectory(
        "reviews", settings.people().reviews().directory(), next.people().reviews().directory());
    if (!next.access().equals(settings.access())
        || !next.ingest().equals(settings.ingest())
        || !next.storage().equals(settings.storage())) {
      LOG.warn(
          "changed addresses, access.*, ingest.* and storage.* take effect with the next start");
    }
    intake.useDecoders(() -> Decoders.standard(next.decode()));
    observatory.reconfigure(next.observe());
    next.expected().forEach(observatory::expect);
    next.advice().forEach(LOG::warn);
    pairing.reconfigure(next.pairing());
    desks.reconfigure(next);
    evaluations.reconfigure(next.evaluation(), next.about().retraining());
    state.setAbout(next.about());
    servers.refreshAccess();
  }

  private static void warnOfDirectory(String section, @Nullable Path now, @Nullable Path next) {
    if (!Objects.equals(now, next)) {
      LOG.warn("a changed {}.path takes effect with the next start", section);
    }
  }

  /** In the order in which it is restored: baselines first, then what is counted over them. */
  private List<StatePart> state() {
    List<StatePart> parts = new ArrayList<>(List.of(observatory, pairing, intake));
    parts.addAll(desks.state());
    parts.addAll(evaluations.memory());
    return parts;
  }

  private void saveNowAndThen() {
    if (snapshots != null) {
      // At once as well: what was left by a stop must not be continued from twice.
      snapshots.save();
      housekeeping.every(settings.storage().interval(), snapshots::save);
    }
  }

  private Servers servers(ExporterSettings settings, InstantSource time) {
    Refusals refusals = new Refusals();
    ExposeRoutes expose =
        new ExposeRoutes(state, desks.reviews(), time, this::reload, refusals::countBusy);
    evaluations.whenEvaluated(expose::evaluated);
    IngestRoutes ingest = new IngestRoutes(intake, settings.ingest(), time);
    return new Servers(
        settings.access(), settings.ingest().readTimeout(), refusals, expose::addTo, ingest::addTo);
  }
}
