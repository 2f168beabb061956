package io.modeldrift.app;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.Evaluator;
import io.modeldrift.evaluate.RetrainingAdvice;
import io.modeldrift.evaluate.RetrainingAdvisor;
import io.modeldrift.evaluate.RetrainingSettings;
import io.modeldrift.evaluate.TruthEvaluator;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.evaluate.VersionEvaluator;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.expose.EvaluationFacts;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.truth.TruthSnapshot;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates all models at an interval, on a thread of its own, and keeps the last report.
 *
 * <p>Never two evaluations at a time. Thread-safe.
 */
final class EvaluationLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EvaluationLoop.class);

  private final Evaluator evaluator = new Evaluator();
  private final TruthEvaluator truthEvaluator = new TruthEvaluator();
  private final VersionEvaluator versionEvaluator = new VersionEvaluator();
  private final Supplier<List<ModelSnapshot>> models;
  private final Supplier<List<VersionSnapshot>> versions;
  private final Supplier<List<TruthSnapshot>> truths;
  private final RetrainingAdvisor advisor = new RetrainingAdvisor();
  private EvaluationSettings settings;
  private RetrainingSettings retrainingSettings;
  private final InstantSource time;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "evaluator");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ScheduledFuture<?> running;
  private volatile Evaluated last =
      new Evaluated(DriftReport.none(), List.of(), TruthReport.none(), List.of());
  private volatile EvaluationFacts facts = EvaluationFacts.none();
  private volatile Runnable whenEvaluated = () -> {};

  /** What one evaluation found; seen as a whole or not at all. */
  private record Evaluated(
      DriftReport report,
      List<VersionReport> versions,
      TruthReport truth,
      List<RetrainingAdvice> retraining) {}

  EvaluationLoop(
      Supplier<List<ModelSnapshot>> models,
      Supplier<List<VersionSnapshot>> versions,
      Supplier<List<TruthSnapshot>> truths,
      EvaluationSettings settings,
      RetrainingSettings retraining,
      InstantSource time) {
    this.models = models;
    this.versions = versions;
    this.truths = truths;
    this.settings = settings;
    this.retrainingSettings = retraining;
    this.time = time;
  }

  /** Has something done after every evaluation, on the thread that evaluated. */
  void whenEvaluated(Runnable task) {
    whenEvaluated = task;
  }

  synchronized void start() {
    long millis = settings.interval().toMillis();
    running = timer.scheduleWithFixedDelay(this::evaluate, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Judges by other settings from the next evaluation on; models judged alike keep their votes. */
  synchronized void reconfigure(EvaluationSettings newSettings, RetrainingSettings newRetraining) {
    boolean otherInterval = !settings.interval().equals(newSettings.interval());
    settings = newSettings;
    retrainingSettings = newRetraining;
    if (otherInterval && running != null) {
      running.cancel(false);
      start();
    }
  }

  /** Returns what the last evaluation found; empty before the first. */
  DriftReport report() {
    return last.report();
  }

  /** Returns which models should be trained again by the last report. */
  List<RetrainingAdvice> retraining() {
    return last.retraining();
  }

  /** Returns how far compared versions lie apart by the last evaluation. */
  List<VersionReport> versions() {
    return last.versions();
  }

  /** Returns what the last evaluation found about predictions whose ground truth is known. */
  TruthReport truthReport() {
    return last.truth();
  }

  /** Returns how many evaluations there were and how long they took. */
  EvaluationFacts facts() {
    return facts;
  }

  /** Evaluates now. */
  synchronized void evaluate() {
    long start = System.nanoTime();
    try {
      last = evaluated();
      whenEvaluated.run();
      facts = facts.succeeded((System.nanoTime() - start) / 1e9);
    } catch (RuntimeException bug) {
      // The timer would silently stop; the next evaluation may find a state that works.
      facts = facts.failed();
      LOG.error("bug in an evaluation", bug);
    }
  }

  private Evaluated evaluated() {
    List<ModelSnapshot> snapshots = models.get();
    List<TruthSnapshot> known = truths.get();
    DriftReport report = evaluator.evaluate(time.instant(), snapshots, settings);
    TruthReport truth = truthEvaluator.evaluate(known, settings.fairness());
    return new Evaluated(
        report,
        versionEvaluator.evaluate(versions.get(), snapshots, known, settings),
        truth,
        advisor.advise(report, truth.worse(), retrainingSettings));
  }

  /** Returns what evaluations remember of earlier ones, to be kept over a restart. */
  List<StatePart> memory() {
    return List.of(
        new Memory(this, "votes", evaluator::save, (in, continuous) -> evaluator.restore(in)),
        new Memory(this, "retraining", advisor::save, (in, continuous) -> advisor.restore(in)),
        new Memory(
            this,
            "estimate_votes",
            truthEvaluator::save,
            (in, continuous) -> truthEvaluator.restore(in)),
        new Memory(this, "version_votes", versionEvaluator::save, versionEvaluator::restore));
  }

  private interface Saving {
    void save(StatePart.Sections sections) throws IOException;
  }

  private interface Restoring {
    void restore(StateInput section, boolean continuous) throws SnapshotException;
  }

  /** One kind of memory, which is not touched during an evaluation. */
  private record Memory(Object lock, String stateName, Saving saving, Restoring restoring)
      implements StatePart {

    @Override
    public int stateVersion() {
      return 3;
    }

    @Override
    public void save(Sections sections) throws IOException {
      synchronized (lock) {
        saving.save(sections);
      }
    }

    @Override
    public void restore(StateInput section, boolean continuous) throws SnapshotException {
      synchronized (lock) {
        restoring.restore(section, continuous);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (running != null) {
      running.cancel(true);
    }
    timer.shutdownNow();
  }
}
