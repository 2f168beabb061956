package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which reviews survive a restart.
 *
 * <p>A disk that fails costs the survival, not the reviews: they stay in memory and the failure is
 * reported once. Not thread-safe.
 */
final class ReviewStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReviewStore.class);
  private static final String FILE = "reviews.mv";
  private static final int MOST_COLUMNS = 1_000;

  // What an entry begins with; 0 and 1 began those that did not say when they arrived.
  private static final int WAITING = 2;
  private static final int DECIDED = 3;

  private final @Nullable MVStore file;
  private final @Nullable MVMap<Long, byte[]> entries;
  private boolean failed;

  /** What a file held. */
  record Content(List<Review> waiting, List<Review.Decided> decided) {}

  private ReviewStore(@Nullable MVStore file) {
    this.file = file;
    this.entries = file == null ? null : file.openMap("reviews");
  }

  /** Opens the file of a directory; without one, or if it cannot be used, nothing is kept. */
  static ReviewStore open(@Nullable Path directory, Instant now) {
    if (directory == null) {
      return new ReviewStore(null);
    }
    return new StoreFile(directory.resolve(FILE), "reviews will not survive a restart")
        .open(now, (file, replaced) -> new ReviewStore(openFile(file)))
        .orElseGet(() -> new ReviewStore(null));
  }

  private static MVStore openFile(Path path) {
    return new MVStore.Builder().fileName(path.toString()).cacheSize(1).open();
  }

  /** Returns what is in the file, by number; entries that cannot be read are left out. */
  Content read() {
    List<Review> waiting = new ArrayList<>();
    List<Review.Decided> decided = new ArrayList<>();
    if (entries != null) {
      for (byte[] entry : entries.values()) {
        try {
          StateInput in = new StateInput(entry);
          boolean over = in.number(WAITING, DECIDED) == DECIDED;
          Review review = readReview(in);
          if (over) {
            decided.add(readDecision(in, review));
          } else {
            waiting.add(review);
          }
        } catch (SnapshotException | RuntimeException e) {
          LOG.error("a review cannot be read: {}", e.getClass().getName());
        }
      }
    }
    return new Content(waiting, decided);
  }

  void put(Review review) {
    StateOutput out = new StateOutput();
    out.number(WAITING);
    write(out, review);
    put(review.number(), out);
  }

  void put(Review.Decided decided) {
    StateOutput out = new StateOutput();
    out.number(DECIDED);
    write(out, decided.review());
    out.number(decided.outcome().ordinal());
    StoredValue.save(decided.value(), out);
    out.text(decided.reviewer());
    out.instant(decided.decided());
    put(decided.review().number(), out);
  }

  private void put(long number, StateOutput entry) {
    guarded(
        () -> {
          if (entries != null) {
            entries.put(number, entry.toBytes());
          }
        });
  }

  void remove(long number) {
    guarded(
        () -> {
          if (entries != null) {
            entries.remove(number);
          }
        });
  }

  /** Writes everything to the file now. */
  void flush() {
    guarded(
        () -> {
          if (file != null) {
            file.commit();
          }
        });
  }

  @Override
  public void close() {
    guarded(
        () -> {
          if (file != null) {
            file.close();
          }
        });
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (MVStoreException e) {
      if (!failed) {
        failed = true;
        LOG.error("the file of reviews failed; they will not survive a restart: {}", e.toString());
      }
    }
  }

  private static void write(StateOutput out, Review review) {
    out.number(review.number());
    out.text(review.model().name());
    out.text(review.model().version());
    out.text(review.inferenceId());
    out.number(review.row());
    out.instant(review.time());
    out.instant(review.arrival());
    out.number(review.cause().ordinal());
    out.real(review.score());
    StoredValue.save(review.decision(), out);
    out.number(review.columns().size());
    review
        .columns()
        .forEach(
            (name, value) -> {
              out.text(name);
              out.text(value);
            });
  }

  private static Review readReview(StateInput in) throws SnapshotException {
    long number = in.count();
    ModelKey model = new ModelKey(in.text(), in.text());
    String id = in.text();
    int row = (int) in.number(0, Integer.MAX_VALUE);
    Instant time = in.instant();
    Instant arrival = in.instant();
    ReviewCause[] causes = ReviewCause.values();
    ReviewCause cause = causes[(int) in.number(0, causes.length - 1)];
    double score = in.real();
    Value decision = StoredValue.restore(in);
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = in.size(MOST_COLUMNS); i > 0; i--) {
      columns.put(in.text(), in.text());
    }
    return new Review(number, model, id, row, time, arrival, cause, score, decision, columns);
  }

  private static Review.Decided readDecision(StateInput in, Review review)
      throws SnapshotException {
    ReviewOutcome[] outcomes = ReviewOutcome.values();
    ReviewOutcome outcome = outcomes[(int) in.number(0, outcomes.length - 1)];
    return new Review.Decided(review, outcome, StoredValue.restore(in), in.text(), in.instant());
  }
}
