package io.modeldrift.truth;

import java.util.List;
import java.util.Map;

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
}
