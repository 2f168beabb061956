package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Protocol;
import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.Feedback.Kind;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedbackCountsTest {

  private final List<GroundTruth> truths = new ArrayList<>();

  private FeedbackCounts counts(boolean trust) {
    return new FeedbackCounts(new Desk.Known(), trust, decoded -> truths.addAll(decoded.truths()));
  }

  private static TruthReceipt take(FeedbackCounts counts, Feedback... feedback) {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < feedback.length; i++) {
      places.add("/" + i);
    }
    return counts.take(new Decoded.Opinions(Protocol.FEEDBACK, List.of(feedback), places));
  }

  private static Feedback of(String model, String version, Kind kind, @Nullable Value correction) {
    return new Feedback(model, version, "a1", 0, kind, correction);
  }

  @Test
  void feedback_isCountedForTheVersionInTraffic_whereItNamesNone() {
    FeedbackCounts counts = counts(false);

    take(counts, of("credit", "", Kind.THUMBS_UP, null), of("credit", "3", Kind.RATING_5, null));

    assertThat(counts.snapshot()).containsOnlyKeys(Desk.CREDIT);
    assertThat(counts.snapshot().get(Desk.CREDIT))
        .containsEntry(Kind.THUMBS_UP, 1L)
        .containsEntry(Kind.RATING_5, 1L)
        .containsEntry(Kind.RATING_1, 0L);
  }

  @Test
  void feedbackWithoutVersion_isForTheLastInOrder() {
    Set<ModelKey> versions = new LinkedHashSet<>();
    for (String version : List.of("3", "9", "1", "7", "5")) {
      versions.add(new ModelKey("credit", version));
    }
    versions.add(new ModelKey("zinc", "99"));
    FeedbackCounts counts =
        new FeedbackCounts(
            new TruthDesk.Models() {
              @Override
              public Set<ModelKey> known() {
                return versions;
              }

              @Override
              public Optional<Baseline> baseline(ModelKey model) {
                return Optional.empty();
              }
            },
            false,
            decoded -> {});

    take(counts, of("credit", "", Kind.THUMBS_UP, null));

    assertThat(counts.snapshot()).containsOnlyKeys(new ModelKey("credit", "9"));
  }

  @Test
  void feedbackForAnUnknownModel_isRefused_andTheRestIsCounted() {
    FeedbackCounts counts = counts(false);

    TruthReceipt receipt =
        take(
            counts,
            of("credit", "", Kind.THUMBS_UP, null),
            of("debit", "", Kind.THUMBS_UP, null),
            of("credit", "9", Kind.THUMBS_UP, null));

    assertThat(receipt.outcomes()).containsEntry("accepted", 1);
    assertThat(receipt.rejected()).isEqualTo(2);
    assertThat(receipt.problems())
        .extracting(TruthReceipt.Problem::pointer)
        .containsExactly("/1/model", "/2/model");
  }

  @Test
  void correction_countsAsGroundTruth_onlyWhereUsersAreTrusted() {
    Feedback correction = of("credit", "", Kind.CORRECTION, new Value.Named("yes"));

    take(counts(false), correction);
    assertThat(truths).isEmpty();

    take(counts(true), correction);
    assertThat(truths)
        .containsExactly(Desk.truth("credit", List.of("a1"), new Value.Named("yes"), Map.of()));
  }
}
