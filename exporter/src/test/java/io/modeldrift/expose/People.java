package io.modeldrift.expose;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ReviewCause;
import io.modeldrift.truth.ReviewCounts;
import io.modeldrift.truth.ReviewDesk;
import io.modeldrift.truth.ReviewOutcome;
import io.modeldrift.truth.ReviewSettings;
import io.modeldrift.truth.TruthDesk;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What people said, as tests show it. */
final class People {

  private static final ModelKey CREDIT = new ModelKey("credit", "3");

  private People() {}

  private record NoModels() implements TruthDesk.Models {

    @Override
    public Set<ModelKey> known() {
      return Set.of();
    }

    @Override
    public Optional<Baseline> baseline(ModelKey model) {
      return Optional.empty();
    }
  }

  static ReviewDesk nobodyIsAsked() {
    return desk(ReviewSettings.Sampling.nothing(), ModelTruthSettings.defaults());
  }

  /** Returns a desk that takes rows of all models; its decisions go nowhere. */
  static ReviewDesk desk(ReviewSettings.Sampling sampling, ModelTruthSettings truth) {
    return new ReviewDesk(
        ReviewSettings.defaults(),
        model -> sampling,
        model -> truth,
        new NoModels(),
        truths -> {},
        new SplittableRandom(1),
        InstantSource.fixed(Server.NOW));
  }

  static Map<ModelKey, Map<Feedback.Kind, Long>> feedback() {
    Map<Feedback.Kind, Long> kinds = new EnumMap<>(Feedback.Kind.class);
    for (Feedback.Kind kind : Feedback.Kind.values()) {
      kinds.put(kind, 2L);
    }
    return Map.of(CREDIT, kinds);
  }

  static Map<ModelKey, ReviewCounts> reviews() {
    Map<ReviewCause, Long> sampled = new EnumMap<>(ReviewCause.class);
    for (ReviewCause cause : ReviewCause.values()) {
      sampled.put(cause, 5L);
    }
    Map<ReviewOutcome, Long> ended = new EnumMap<>(ReviewOutcome.class);
    for (ReviewOutcome outcome : ReviewOutcome.values()) {
      ended.put(outcome, 1L);
    }
    Instant oldest = Instant.parse("2030-01-01T03:00:00Z");
    return Map.of(CREDIT, new ReviewCounts(sampled, ended, 10, Optional.of(oldest)));
  }
}
