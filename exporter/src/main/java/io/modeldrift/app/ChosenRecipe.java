package io.modeldrift.app;

import io.modeldrift.statistics.BinnedPair;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.Recipe;
import io.modeldrift.statistics.Result;

/**
 * Another tool's recipe as the command line names it: {@code evidently}, or {@code deequ=0.05} with
 * a significance level.
 *
 * @param label as it was given
 * @param alpha NaN if none was given
 */
record ChosenRecipe(String label, Recipe recipe, double alpha) {

  /**
   * Returns the recipe that a text names.
   *
   * @throws IllegalArgumentException if there is none, or its level cannot be used
   */
  static ChosenRecipe of(String text) {
    int sign = text.indexOf('=');
    if (sign < 0) {
      return new ChosenRecipe(text, Recipe.ofLabel(text), Double.NaN);
    }
    Recipe recipe = Recipe.ofLabel(text.substring(0, sign));
    String level = text.substring(sign + 1);
    double alpha = level.matches("0?\\.[0-9]+") ? Double.parseDouble(level) : Double.NaN;
    if (!recipe.takesLevel(Measure.KS) || !(alpha > 0)) {
      throw new IllegalArgumentException(
          "recipe \"" + text + "\": only deequ takes a level, such as deequ=0.05");
    }
    return new ChosenRecipe(text, recipe, alpha);
  }

  boolean appliesTo(Measure measure) {
    return recipe.appliesTo(measure);
  }

  Result score(Measure measure, BinnedPair pair) {
    return Double.isNaN(alpha) || !recipe.takesLevel(measure)
        ? recipe.score(measure, pair)
        : recipe.scoreAtLevel(measure, pair, alpha);
  }
}
