package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Protocol;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Puts some rows before people: those that a model is hardly sure of, those unlike its baseline,
 * and some by chance. What people decide counts as ground truth.
 *
 * <p>Only models that are configured for it, and only the columns named there. Bounded by entries
 * and age; the oldest makes room for the newest. Thread-safe: each method locks the instance.
 */
public final class ReviewDesk implements AutoCloseable, StatePart {

  private static final int MOST_CHARS = 200;
  private static final int MOST_ID_CHARS = 1_000;

  private ReviewSettings settings;
  private volatile Function<ModelKey, ReviewSettings.Sampling> sampling;
  private Function<ModelKey, ModelTruthSettings> truthSettings;
  private final TruthDesk.Models known;
  private final Consumer<Decoded.Truths> truths;
  private final RandomGenerator random;
  private final InstantSource time;
  private final ReviewStore store;
  private final Map<ModelKey, ReviewWatch> watches = new TreeMap<>();
  private final Map<Long, Review> waiting = new LinkedHashMap<>();
  private final Deque<Review.Decided> decided = new ArrayDeque<>();
  private long next;

  /** What became of a decision. */
  public enum Answer {
    /** It counts. */
    TAKEN,
    /** Nobody is asked about such a row, or not any more. */
    GONE,
    /** The value cannot be the outcome of such a prediction. */
    UNFIT
  }

  /**
   * Opens the desk with what an earlier one left behind.
   *
   * @param sampling which rows of a model are taken
   * @param truthSettings what a model predicts
   * @param truths takes decisions as ground truth
   * @param random draws the rows that are taken by chance
   */
  public ReviewDesk(
      ReviewSettings settings,
      Function<ModelKey, ReviewSettings.Sampling> sampling,
      Function<ModelKey, ModelTruthSettings> truthSettings,
      TruthDesk.Models known,
      Consumer<Decoded.Truths> truths,
      RandomGenerator random,
      InstantSource time) {
    this.settings = settings;
    this.sampling = sampling;
    this.truthSettings = truthSettings;
    this.known = known;
    this.truths = truths;
    this.random = random;
    this.time = time;
    this.store = ReviewStore.open(settings.directory(), time.instant());
    ReviewStore.Content before = store.read();
    before.waiting().forEach(review -> waiting.put(review.number(), review));
    decided.addAll(before.decided());
    this.next = 1 + before.waiting().stream().mapToLong(Review::number).max().orElse(0);
    this.next =
        Math.max(next, 1 + decided.stream().mapToLong(d -> d.review().number()).max().orElse(0));
  }

  /**
   * Returns whether rows of this model are reviewed, so that predictions are of use with inputs.
   */
  public boolean wants(ModelKey model) {
    return sampling.apply(model).isOn();
  }

  /**
   * Chooses and keeps rows by another configuration from now on, in the same directory; what waits
   * goes on waiting.
   */
  public synchronized void reconfigure(
      ReviewSettings newSettings,
      Function<ModelKey, ReviewSettings.Sampling> newSampling,
      Function<ModelKey, ModelTruthSettings> newTruthSettings) {
    settings = newSettings;
    sampling = newSampling;
    truthSettings = newTruthSettings;
    watches.replaceAll(
        (model, watch) ->
            watch.with(newSampling.apply(model), newTruthSettings.apply(model).output()));
  }

  /** Takes those rows of a batch that are worth somebody's time. */
  public void consider(InferenceBatch batch) {
    if (wants(batch.model())) {
      choose(batch);
    }
  }

  private synchronized void choose(InferenceBatch batch) {
    ReviewWatch watch = watch(batch.model());
    watch.compareWith(known.baseline(batch.model()).orElse(null));
    for (int row = 0; row < batch.rows(); row++) {
      Prediction found = watch.columns.find(batch, row);
      ReviewCause cause = found.isNothing() ? null : watch.cause(batch, row, found, random);
      if (cause != null) {
        add(watch, review(watch, batch, row, found, cause));
      }
    }
  }

  private Review review(
      ReviewWatch watch, InferenceBatch batch, int row, Prediction found, ReviewCause cause) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String name : watch.sampling.columns()) {
      Column column = batch.find(Role.INPUT, name);
      columns.put(name, text(PredictionColumns.value(column, row)));
    }
    String id = batch.id(row);
    return new Review(
        next++,
        batch.model(),
        id == null || id.length() > MOST_ID_CHARS ? "" : id,
        id == null ? 0 : batch.rowOfId(row),
        batch.time(row),
        time.instant(),
        cause,
        found.number(),
        found.decision(),
        columns);
  }

  private static String text(@Nullable Value value) {
    return value == null ? "" : shortened(ClassNames.of(value));
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS - 1) + "…";
  }

  private void add(ReviewWatch watch, Review review) {
    watch.sampled.merge(review.cause(), 1L, Long::sum);
    waiting.put(review.number(), review);
    store.put(review);
    Iterator<Review> oldest = waiting.values().iterator();
    while (waiting.size() > settings.maxEntries() && oldest.hasNext()) {
      Review first = oldest.next();
      oldest.remove();
      store.remove(first.number());
      ended(first.model(), ReviewOutcome.EVICTED);
    }
  }

  /** Ends the wait of rows that nobody looked at in time, and writes the file. */
  public synchronized void tend() {
    Instant now = time.instant();
    Iterator<Review> reviews = waiting.values().iterator();
    while (reviews.hasNext()) {
      Review review = reviews.next();
      if (Duration.between(review.arrival(), now).compareTo(settings.maxAge()) >= 0) {
        reviews.remove();
        store.remove(review.number());
        ended(review.model(), ReviewOutcome.EXPIRED);
      }
    }
    store.flush();
  }

  /**
   * Takes what a reviewer says.
   *
   * @param outcome confirmed, overridden or skipped
   * @param value what it should have been, if overridden
   * @param reviewer who says so; may be empty
   */
  public synchronized Answer decide(
      long number, ReviewOutcome outcome, @Nullable Value value, String reviewer) {
    Review review = waiting.get(number);
    if (review == null) {
      return Answer.GONE;
    }
    Value outcomeValue = outcome == ReviewOutcome.CONFIRMED ? predicted(review) : value;
    if (outcome == ReviewOutcome.OVERRIDDEN && (value == null || !fits(review, value))) {
      return Answer.UNFIT;
    }
    if (outcome != ReviewOutcome.SKIPPED && outcomeValue != null) {
      GroundTruth truth = review.truth(outcomeValue);
      truths.accept(new Decoded.Truths(Protocol.GROUND_TRUTH, List.of(truth), List.of(""), 0));
    }
    waiting.remove(number);
    Review.Decided answer =
        new Review.Decided(review, outcome, value, shortened(reviewer), time.instant());
    decided.add(answer);
    store.put(answer);
    if (decided.size() > settings.maxEntries()) {
      store.remove(decided.remove().review().number());
    }
    ended(review.model(), outcome);
    return Answer.TAKEN;
  }

  private boolean fits(Review review, Value value) {
    Scorer scorer = scorer(review.model());
    return scorer == null || scorer.fits(review.prediction(), value);
  }

  /** Returns what the model's answer amounts to: its decision, else what follows from the score. */
  private @Nullable Value predicted(Review review) {
    Scorer scorer = scorer(review.model());
    if (review.decision() != null || scorer == null || scorer.kind() == OutputKind.REGRESSION) {
      return review.decision() != null || Double.isNaN(review.score())
          ? review.decision()
          : new Value.Numeric(review.score());
    }
    int predicted = scorer.predictedClass(review.prediction());
    return predicted < 0 ? null : new Value.Named(scorer.classes().get(predicted));
  }

  /** Returns the answer of the model in words, for a reviewer. */
  public synchronized String answer(Review review) {
    Value predicted = predicted(review);
    return predicted == null ? "" : ClassNames.of(predicted);
  }

  /** Returns the classes that a reviewer can choose from; none if any value will do. */
  public synchronized List<String> classes(ModelKey model) {
    Scorer scorer = scorer(model);
    return scorer == null
        ? List.of()
        : scorer.classes().stream().filter(name -> !name.equals(Scorer.OTHER)).toList();
  }

  private @Nullable Scorer scorer(ModelKey model) {
    Baseline inForce = known.baseline(model).orElse(null);
    ReviewWatch watch = watches.get(model);
    if (watch == null) {
      return Scorer.of(truthSettings.apply(model).output(), inForce).orElse(null);
    }
    watch.compareWith(inForce); // no row may have come since a restart or a reload
    return watch.scorer;
  }

  private void ended(ModelKey model, ReviewOutcome outcome) {
    watch(model).ended.merge(outcome, 1L, Long::sum);
  }

  private ReviewWatch watch(ModelKey model) {
    return watches.computeIfAbsent(
        model, key -> new ReviewWatch(sampling.apply(key), truthSettings.apply(key).output()));
  }

  /** Returns rows that wait, the longest waiting first. */
  public synchronized List<Review> waiting(Optional<String> model, int limit) {
    return waiting.values().stream()
        .filter(review -> model.isEmpty() || review.model().name().equals(model.get()))
        .limit(limit)
        .toList();
  }

  /** Returns how many rows wait. */
  public synchronized int size() {
    return waiting.size();
  }

  /** Returns the decisions that are kept, the oldest first. */
  public synchronized List<Review.Decided> decided() {
    return List.copyOf(decided);
  }

  /** Returns what happened so far, for every model of which rows are or were reviewed. */
  public synchronized Map<ModelKey, ReviewCounts> counts() {
    Map<ModelKey, List<Review>> byModel = new TreeMap<>();
    waiting
        .values()
        .forEach(r -> byModel.computeIfAbsent(r.model(), key -> new ArrayList<>()).add(r));
    Map<ModelKey, ReviewCounts> counts = new LinkedHashMap<>();
    watches.forEach(
        (model, watch) -> {
          List<Review> reviews = byModel.getOrDefault(model, List.of());
          counts.put(
              model,
              new ReviewCounts(
                  watch.sampled,
                  watch.ended,
                  reviews.size(),
                  reviews.stream().map(Review::arrival).min(Instant::compareTo)));
        });
    return counts;
  }

  @Override
  public String stateName() {
    return "reviews";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  /** Writes what happened so far; the reviews themselves are in their file. */
  @Override
  public synchronized void save(Sections sections) throws IOException {
    for (Map.Entry<ModelKey, ReviewWatch> model : watches.entrySet()) {
      StateOutput section = new StateOutput();
      section.text(model.getKey().name());
      section.text(model.getKey().version());
      section.numbers(numbers(model.getValue().sampled));
      section.numbers(numbers(model.getValue().ended));
      sections.add(section);
    }
  }

  private static long[] numbers(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public synchronized void restore(StateInput section, boolean continuous)
      throws SnapshotException {
    ModelKey model = new ModelKey(section.text(), section.text());
    long[] sampled = section.counts(ReviewCause.values().length);
    long[] ended = section.counts(ReviewOutcome.values().length);
    if (continuous) {
      ReviewWatch watch = watch(model);
      for (ReviewCause cause : ReviewCause.values()) {
        watch.sampled.put(cause, sampled[cause.ordinal()]);
      }
      for (ReviewOutcome outcome : ReviewOutcome.values()) {
        watch.ended.put(outcome, ended[outcome.ordinal()]);
      }
    }
  }

  @Override
  public synchronized void close() {
    store.close();
  }
}
