package io.modeldrift.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what has to be done now and then, on one thread of its own. Thread-safe. */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "housekeeping");
            thread.setDaemon(true);
            return thread;
          });

  private final List<Future<?>> tasks = new CopyOnWriteArrayList<>();

  /** Runs a task at an interval, for the first time after one. */
  void every(Duration interval, Runnable task) {
    long millis = interval.toMillis();
    tasks.add(
        timer.scheduleWithFixedDelay(() -> safely(task), millis, millis, TimeUnit.MILLISECONDS));
  }

  /** Starts nothing more, and waits a moment for what runs. */
  @Override
  public void close() {
    tasks.forEach(task -> task.cancel(false));
    timer.shutdown();
    try {
      timer.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The timer would silently stop after a failure. */
  private static void safely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException bug) {
      LOG.error("bug in the housekeeping", bug);
    }
  }
}
