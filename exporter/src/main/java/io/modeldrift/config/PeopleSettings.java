package io.modeldrift.config;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.truth.ReviewSettings;
import java.util.function.Function;

/**
 * What people are asked, and how much they are believed.
 *
 * @param reviews the queue of rows that they are asked about
 * @param sampling which rows of a model are put there
 * @param trustCorrections whether a correction by an end user counts as ground truth
 */
public record PeopleSettings(
    ReviewSettings reviews,
    Function<ModelKey, ReviewSettings.Sampling> sampling,
    boolean trustCorrections) {

  /** Returns that nobody is asked: the default. */
  public static PeopleSettings defaults() {
    return new PeopleSettings(
        ReviewSettings.defaults(), model -> ReviewSettings.Sampling.nothing(), false);
  }
}
