package io.modeldrift.expose;

import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.truth.ReviewCounts;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Locale;
import java.util.Map;

/** What people say about the answers of models: end users, and reviewers. */
final class PeopleCounters {

  private static final Family FEEDBACK =
      Family.counter("model_feedback", "What end users said about answers, by kind.");
  private static final Family SAMPLED =
      Family.counter("model_reviews_sampled", "Rows that were put before reviewers, by cause.");
  private static final Family REVIEWS =
      Family.counter("model_reviews", "Rows that wait for a reviewer no longer, by outcome.");
  private static final Family WAITING =
      Family.gauge("model_reviews_waiting", "Rows that wait for a reviewer.");
  private static final Family OLDEST =
      Family.gauge(
          "model_reviews_oldest_timestamp_seconds",
          "Time of the inference that has waited longest for a reviewer.");

  private PeopleCounters() {}

  static void addTo(
      SeriesBuffer buffer,
      Map<ModelKey, Map<Feedback.Kind, Long>> feedback,
      Map<ModelKey, ReviewCounts> reviews) {
    feedback.forEach(
        (model, kinds) -> {
          Labels labels = SeriesCache.labels(model);
          kinds.forEach(
              (kind, count) -> buffer.count(FEEDBACK, labels.add("kind", label(kind)), count));
        });
    reviews.forEach((model, counts) -> addReviews(buffer, SeriesCache.labels(model), counts));
  }

  private static void addReviews(SeriesBuffer buffer, Labels labels, ReviewCounts counts) {
    counts
        .sampled()
        .forEach(
            (cause, count) -> buffer.count(SAMPLED, labels.add("cause", cause.label()), count));
    counts
        .ended()
        .forEach(
            (outcome, count) ->
                buffer.count(REVIEWS, labels.add("outcome", outcome.label()), count));
    buffer.gauge(WAITING, labels, counts.waiting());
    counts.oldest().ifPresent(time -> buffer.gauge(OLDEST, labels, time.toEpochMilli() / 1000.0));
  }

  private static String label(Feedback.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
