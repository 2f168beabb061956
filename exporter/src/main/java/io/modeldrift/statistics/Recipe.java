package io.modeldrift.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How another tool computes a measure, offered so that a number from it can be reproduced.
 *
 * <p>A recipe takes the bins as they are here; the tools' own bins differ, which changes the
 * numbers as much as the recipe does. No noise-aware threshold belongs to a recipe other than
 * {@link #HALF_COUNT}.
 */
public enum Recipe {
  /** The exporter's own: half a row added to every occupied bin; no other measure is touched. */
  HALF_COUNT("half_count"),
  /** Per side, a zero share becomes 1e-4, or a millionth of the smallest share if that is small. */
  EVIDENTLY("evidently"),
  /** 1e-5 added to every share. */
  POPMON("popmon"),
  /** 1e-10 added to every share. */
  SCOUTER("scouter"),
  /** PSI with shares raised to 0.01; Cramér's V with Bergsma's bias correction. */
  DEEPCHECKS("deepchecks"),
  /** PSI without repair of zero shares; the largest differences less what noise may add. */
  DEEQU("deequ"),
  /** Cramér's V as {@code √(X²/(n_b+n_c))}. */
  TEXTBOOK("textbook");

  private final String label;

  Recipe(String label) {
    this.label = label;
  }

  /** Returns the name used in configuration and on the command line. */
  public String label() {
    return label;
  }

  /**
   * Returns the recipe with this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static Recipe ofLabel(String label) {
    return Arrays.stream(values())
        .filter(recipe -> recipe.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown recipe \"" + label + "\"; there are " + labels()));
  }

  /** Returns whether the tool has this measure. */
  public boolean appliesTo(Measure measure) {
    return switch (this) {
      case HALF_COUNT -> true;
      case EVIDENTLY, POPMON -> measure == Measure.PSI || measure == Measure.KL;
      case SCOUTER -> measure == Measure.PSI;
      case DEEPCHECKS -> measure == Measure.PSI || measure == Measure.CRAMERS_V;
      case DEEQU -> List.of(Measure.PSI, Measure.KS, Measure.L_INFINITY).contains(measure);
      case TEXTBOOK -> measure == Measure.CRAMERS_V;
    };
  }

  /**
   * Returns the score as the tool would compute it on these bins; absent where the tool's number is
   * infinite.
   *
   * @throws IllegalArgumentException if the recipe does not apply to the measure
   */
  public Result score(Measure measure, BinnedPair pair) {
    if (!appliesTo(measure)) {
      throw new IllegalArgumentException(
          "recipe " + label + " does not apply to measure " + measure.label());
    }
    Result own = measure.score(pair);
    if (this == HALF_COUNT || own instanceof Result.Absent) {
      return own;
    }
    return Result.ofFinite(PeerFormulas.score(this, measure, pair));
  }

  /**
   * Returns deequ's score where a significance level was chosen: the difference less {@code
   * √(−ln(α/2)/2)} instead of 1.8 units of noise.
   *
   * @param alpha in (0, 1)
   * @throws IllegalArgumentException if this is not {@link #DEEQU}, the measure is none that deequ
   *     allows noise for, or the level is out of range
   */
  public Result scoreAtLevel(Measure measure, BinnedPair pair, double alpha) {
    if (this != DEEQU || !takesLevel(measure)) {
      throw new IllegalArgumentException(
          "recipe " + label + " takes no significance level for measure " + measure.label());
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("significance level " + alpha + " is not in (0, 1)");
    }
    Result own = measure.score(pair);
    return own instanceof Result.Absent
        ? own
        : Result.ofFinite(PeerFormulas.deequ(measure, pair, Math.sqrt(-Math.log(alpha / 2) / 2)));
  }

  /** Returns whether a significance level changes what the tool makes of a measure. */
  public boolean takesLevel(Measure measure) {
    return this == DEEQU && (measure == Measure.KS || measure == Measure.L_INFINITY);
  }

  private static String labels() {
    return Arrays.stream(values()).map(Recipe::label).collect(Collectors.joining(", "));
  }
}
