package io.modeldrift.app;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.Evaluator;
import io.modeldrift.expose.EvaluationFacts;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StatePart;
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
final class EvaluationLoop implements AutoCloseable, StatePart {

  private static final Logger LOG = LoggerFactory.getLogger(EvaluationLoop.class);

  private final Evaluator evaluator = new Evaluator();
  private final Supplier<List<ModelSnapshot>> models;
  private EvaluationSettings settings;
  private final InstantSource time;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "evaluator");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ScheduledFuture<?> running;
  private volatile DriftReport report = DriftReport.none();
  private volatile EvaluationFacts facts = EvaluationFacts.none();

  EvaluationLoop(
      Supplier<List<ModelSnapshot>> models, EvaluationSettings settings, InstantSource time) {
    this.models = models;
    this.settings = settings;
    this.time = time;
  }

  synchronized void start() {
    long millis = settings.interval().toMillis();
    running = timer.scheduleWithFixedDelay(this::evaluate, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Judges by other settings from the next evaluation on; models judged alike keep their votes. */
  synchronized void reconfigure(EvaluationSettings newSettings) {
    boolean otherInterval = !settings.interval().equals(newSettings.interval());
    settings = newSettings;
    if (otherInterval && running != null) {
      running.cancel(false);
      start();
    }
  }

  /** Returns what the last evaluation found; empty before the first. */
  DriftReport report() {
    return report;
  }

  /** Returns how many evaluations there were and how long they took. */
  EvaluationFacts facts() {
    return facts;
  }

  /** Evaluates now. */
  synchronized void evaluate() {
    long start = System.nanoTime();
    try {
      report = evaluator.evaluate(time.instant(), models.get(), settings);
      facts = facts.succeeded((System.nanoTime() - start) / 1e9);
    } catch (RuntimeException bug) {
      // The timer would silently stop; the next evaluation may find a state that works.
      facts = facts.failed();
      LOG.error("bug in an evaluation", bug);
    }
  }

  @Override
  public String stateName() {
    return "votes";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  @Override
  public synchronized void save(Sections sections) throws IOException {
    evaluator.save(sections);
  }

  @Override
  public synchronized void restore(StateInput section, boolean continuous)
      throws SnapshotException {
    evaluator.restore(section);
  }

  @Override
  public synchronized void close() {
    if (running != null) {
      running.cancel(true);
    }
    timer.shutdownNow();
  }
}
