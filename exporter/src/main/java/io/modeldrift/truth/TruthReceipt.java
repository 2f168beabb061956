package io.modeldrift.truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the outcomes of one payload.
 *
 * @param received how many there were
 * @param outcomes how many ended how, by label; those that wait for their prediction under {@code
 *     waiting}
 * @param rejected how many cannot be used
 * @param problems the first of those
 */
public record TruthReceipt(
    int received, Map<String, Integer> outcomes, int rejected, List<Problem> problems) {

  /** How many problems are told. */
  public static final int MOST_PROBLEMS = 10;

  /** One outcome that cannot be used, or contradicts an earlier one, and where it stands. */
  public record Problem(String pointer, String reason, String detail) {}

  /** Copies the collections. */
  public TruthReceipt {
    outcomes = Map.copyOf(outcomes);
    problems = List.copyOf(problems);
  }

  /** Counts the outcomes of a payload; not thread-safe. */
  static final class Counter {

    private final int received;
    private final Map<String, Integer> outcomes = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int rejected;

    Counter(int received) {
      this.received = received;
    }

    void add(@Nullable TruthOutcome outcome, String place) {
      outcomes.merge(outcome == null ? "waiting" : outcome.label(), 1, Integer::sum);
      if (outcome == null) {
        return;
      }
      rejected += outcome.isRejected() ? 1 : 0;
      boolean told = outcome.isRejected() || outcome == TruthOutcome.DUPLICATE_CONFLICT;
      if (told && problems.size() < MOST_PROBLEMS) {
        problems.add(new Problem(place, outcome.reason(), outcome.detail()));
      }
    }

    TruthReceipt finished() {
      return new TruthReceipt(received, outcomes, rejected, problems);
    }
  }
}
