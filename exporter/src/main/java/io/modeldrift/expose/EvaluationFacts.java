package io.modeldrift.expose;

/**
 * How the evaluations of this process went.
 *
 * @param count evaluations that yielded a report
 * @param seconds how long they took together
 * @param failures evaluations that ended with a bug instead; the report before stays in force
 */
public record EvaluationFacts(long count, double seconds, long failures) {

  /** Returns the facts before the first evaluation. */
  public static EvaluationFacts none() {
    return new EvaluationFacts(0, 0, 0);
  }

  /** Returns the facts after one more report that took so many seconds. */
  public EvaluationFacts succeeded(double took) {
    return new EvaluationFacts(count + 1, seconds + took, failures);
  }

  /** Returns the facts after one more failure. */
  public EvaluationFacts failed() {
    return new EvaluationFacts(count, seconds, failures + 1);
  }
}
