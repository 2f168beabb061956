package io.modeldrift.ingest;

import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.IgnoreReason;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadDecoder;
import io.modeldrift.decode.Protocol;
import io.modeldrift.decode.RejectReason;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.truth.TruthReceipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes payloads from any door, has them observed on its own threads, and accounts for each.
 *
 * <p>Taking never blocks: a payload that finds the queue full is dropped and counted. Thread-safe.
 */
public final class Intake implements AutoCloseable, StatePart {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final Verdict FAILED =
      Verdict.rejected(RejectReason.INTERNAL, "the exporter failed, see its log");

  /**
   * Where decoded payloads go.
   *
   * @param inferences returns whether there was room for the rows
   * @param truths returns what became of each outcome
   * @param opinions returns what became of the feedback
   */
  public record Sinks(
      Predicate<Decoded.Inferences> inferences,
      Function<Decoded.Truths, TruthReceipt> truths,
      Function<Decoded.Opinions, TruthReceipt> opinions) {}

  private final IngestSettings settings;
  private final Sampler sampler;
  private final PayloadQueue queue;
  private final Ledger ledger = new Ledger();
  private final List<Thread> observers = new ArrayList<>();
  private final Sinks sinks;
  private volatile Supplier<PayloadDecoder> decoders =
      () -> {
        throw new IllegalStateException("not started");
      };

  /**
   * Makes an intake that observes nothing until {@link #start}.
   *
   * @param sinks told of every payload that can be used, on an observer thread; must be thread-safe
   *     if there is more than one
   */
  public Intake(IngestSettings settings, Sinks sinks) {
    this.settings = settings;
    this.sampler = new Sampler(settings.sampleOneIn());
    this.queue = new PayloadQueue(settings.queueBytes(), settings.queueEntries());
    this.sinks = sinks;
  }

  /** Starts the observer threads, each with a decoder of its own. */
  public void start(Supplier<PayloadDecoder> newDecoders) {
    decoders = newDecoders;
    for (int i = 0; i < settings.observerThreads(); i++) {
      Thread thread = new Thread(new Observer(), "observer-" + i);
      thread.setDaemon(true);
      observers.add(thread);
      thread.start();
    }
  }

  /** Decodes payloads that are taken off the queue from now on with other decoders. */
  public void useDecoders(Supplier<PayloadDecoder> newDecoders) {
    decoders = newDecoders;
  }

  /** Takes a payload whose sender does not care what becomes of it. */
  public void accept(Payload payload) {
    submit(new Submission(payload, verdict -> {}, false));
  }

  /**
   * Takes a payload and reports how it ended.
   *
   * @param whenEnded called exactly once: at once if there is no room, else on an observer thread
   */
  public void submit(Payload payload, Consumer<Verdict> whenEnded) {
    submit(new Submission(payload, whenEnded, true));
  }

  private void submit(Submission submission) {
    ledger.received();
    if (sampler.passesOver(submission.payload())) {
      end(submission.whenEnded(), Verdict.ignored(Protocol.UNKNOWN, IgnoreReason.SAMPLED));
    } else if (!queue.offer(submission)) {
      end(
          submission.whenEnded(),
          Verdict.dropped(DropReason.OVERLOAD, "the queue is full, try again later"));
    }
  }

  /** Whether a body of so many bytes would find room in the queue now. */
  boolean hasRoom(long bytes) {
    return queue.hasRoom(bytes);
  }

  /** Counts a payload that carries no inference by its method or path. */
  void ignore() {
    ledger.received();
    ledger.ended(Verdict.ignored(Protocol.UNKNOWN, IgnoreReason.NOT_INFERENCE));
  }

  /** Counts a payload whose body is larger than the cap. */
  Verdict tooLarge(long bytes) {
    Verdict verdict =
        Verdict.rejected(
            RejectReason.TOO_LARGE,
            "a body of " + bytes + " bytes is above the limit of " + settings.bodyBytes());
    ledger.received();
    ledger.ended(verdict);
    return verdict;
  }

  /** Counts a payload for whose body there was no memory. */
  Verdict noRoom() {
    Verdict verdict =
        Verdict.dropped(DropReason.OVERLOAD, "too many bodies arrive at once, try again later");
    ledger.received();
    ledger.ended(verdict);
    return verdict;
  }

  /** Counts a payload whose body did not arrive. */
  void readFailed() {
    ledger.received();
    ledger.ended(Verdict.dropped(DropReason.READ_FAILED, "the body did not arrive"));
  }

  /** Returns the share of the payloads that are observed. */
  public double sampleRatio() {
    return 1.0 / settings.sampleOneIn();
  }

  public LedgerSnapshot ledger() {
    return ledger.snapshot();
  }

  public QueueSnapshot queue() {
    return queue.snapshot();
  }

  @Override
  public String stateName() {
    return "ledger";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  @Override
  public void save(Sections sections) throws IOException {
    StateOutput section = new StateOutput();
    ledger.save(section);
    sections.add(section);
  }

  @Override
  public void restore(StateInput section, boolean continuous) throws SnapshotException {
    if (continuous) {
      ledger.restore(section);
    }
  }

  /** Decodes and observes a payload on the calling thread; used where there is no server. */
  public Verdict process(Payload payload, PayloadDecoder decoder) {
    ledger.received();
    Verdict verdict = observe(payload, decoder);
    ledger.ended(verdict);
    return verdict;
  }

  /** Takes nothing more, lets the queue drain within the limit, and counts what is left. */
  @Override
  public void close() {
    queue.close();
    long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
    try {
      for (Thread observer : observers) {
        TimeUnit.NANOSECONDS.timedJoin(observer, Math.max(1, deadline - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Submission rest : queue.drain()) {
      end(rest.whenEnded(), Verdict.dropped(DropReason.SHUTDOWN, "the exporter is stopping"));
    }
  }

  /** Observes what is in the queue until it is closed and empty, whatever is in it. */
  private final class Observer implements Runnable {

    private Supplier<PayloadDecoder> made = decoders;
    private @Nullable PayloadDecoder decoder;

    @Override
    public void run() {
      try {
        Optional<Submission> next = queue.take();
        while (next.isPresent()) {
          end(next.get().whenEnded(), verdict(next.get().payload()));
          next = queue.take();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private Verdict verdict(Payload payload) {
      try {
        return observe(payload, decoder());
      } catch (Error lack) {
        // Of memory, as a rule: what the decoder holds may be the cause of it.
        decoder = null;
        LOG.error("a payload was too much for the exporter: {}", lack.getClass().getName());
        return FAILED;
      }
    }

    private PayloadDecoder decoder() {
      if (decoder == null || made != decoders) {
        made = decoders;
        decoder = made.get();
      }
      return decoder;
    }
  }

  private Verdict observe(Payload payload, PayloadDecoder decoder) {
    try {
      Decoded decoded = decoder.decode(payload);
      if (decoded instanceof Decoded.Truths outcomes) {
        return Verdict.of(outcomes.protocol(), sinks.truths().apply(outcomes));
      }
      if (decoded instanceof Decoded.Opinions opinions) {
        return Verdict.of(opinions.protocol(), sinks.opinions().apply(opinions));
      }
      Verdict verdict = Verdict.of(decoded);
      if (decoded instanceof Decoded.Inferences inferences
          && !sinks.inferences().test(inferences)) {
        return Verdict.dropped(
            DropReason.MODEL_LIMIT,
            "one model version or column too many, see model_drift_exporter_series_refused_total");
      }
      return verdict;
    } catch (RuntimeException | StackOverflowError bug) {
      // The thread must live on; the message stays out of the log, it may quote the payload.
      LOG.error("bug while observing a payload: {} at {}", bug.getClass().getName(), origin(bug));
      return FAILED;
    }
  }

  private static String origin(Throwable bug) {
    StackTraceElement[] trace = bug.getStackTrace();
    return trace.length == 0 ? "unknown" : trace[0].toString();
  }

  private void end(Consumer<Verdict> whenEnded, Verdict verdict) {
    ledger.ended(verdict);
    try {
      whenEnded.accept(verdict);
    } catch (RuntimeException | Error e) {
      LOG.debug("nobody waits for the verdict any more: {}", e.getClass().getName());
    }
  }
}
