package io.modeldrift.truth;

import java.util.List;
import java.util.Set;

/**
 * What is configured about the classes of a model that predicts one of several.
 *
 * @param names of the classes; empty for those of the baseline
 * @param probabilities outputs with the probability of each class, in the order of the names; empty
 *     if there are none
 * @param favourable classes that are good for the person concerned, for fairness; empty if fairness
 *     is of no concern
 */
public record OutputClasses(
    List<String> names, List<String> probabilities, List<String> favourable) {

  /** Most classes that are told apart; all further ones are one. */
  public static final int MOST = 50;

  private static final OutputClasses NONE = new OutputClasses(List.of(), List.of(), List.of());

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if they do not belong together
   */
  public OutputClasses {
    names = List.copyOf(names);
    probabilities = List.copyOf(probabilities);
    favourable = List.copyOf(favourable);
    if (names.size() == 1 || names.size() > MOST || Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("classes must be 2 to " + MOST + " different names");
    }
    if (!probabilities.isEmpty() && probabilities.size() != names.size()) {
      throw new IllegalArgumentException(
          probabilities.size() + " probabilities for " + names.size() + " classes");
    }
  }

  /** Returns nothing but what the baseline says. */
  public static OutputClasses none() {
    return NONE;
  }
}
