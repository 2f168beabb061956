package io.modeldrift.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which key somebody meant. */
final class Spelling {

  private static final int FARTHEST = 2;

  private Spelling() {}

  /** Returns the word within two edits of a typed one that is nearest to it. */
  static Optional<String> nearest(String typed, Collection<String> words) {
    return words.stream()
        .filter(word -> distance(typed, word) <= FARTHEST)
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /** Levenshtein distance: insertions, deletions and substitutions from one text to the other. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substituted = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
