package io.modeldrift.inference;

import org.jspecify.annotations.Nullable;

/**
 * What one end user says about one answer.
 *
 * @param model name of the model
 * @param version version of the model; empty if the sender does not say
 * @param id of the inference; empty if the sender does not say
 * @param row which row of the inference, from 0
 * @param kind what was said
 * @param correction what the answer should have been; null unless that was said
 */
public record Feedback(
    String model, String version, String id, int row, Kind kind, @Nullable Value correction) {

  /** Best rating, in stars. */
  public static final int BEST_RATING = 5;

  /** What a user can say. */
  public enum Kind {
    THUMBS_UP,
    THUMBS_DOWN,
    RATING_1,
    RATING_2,
    RATING_3,
    RATING_4,
    RATING_5,
    CORRECTION;

    /** Returns the kind of a rating from 1, the worst, to {@value #BEST_RATING}. */
    public static Kind ofRating(int stars) {
      return values()[RATING_1.ordinal() + stars - 1];
    }
  }
}
