package io.modeldrift.expose;

import java.time.Duration;

/**
 * How the evaluations of this process went.
 *
 * @param completed how many yielded a report
 * @param failed how many ended with a bug instead; the report before stays in force
 * @param spent time that all of them took together
 */
public record EvaluationFacts(long completed, long failed, Duration spent) {

  /** Returns the facts before the first evaluation. */
  public static EvaluationFacts none() {
    return new EvaluationFacts(0, 0, Duration.ZERO);
  }
}
