package io.modeldrift.app;

/**
 * How evaluating went so far.
 *
 * @param count evaluations that produced a report
 * @param seconds how long they took together
 * @param failures evaluations that did not
 */
record EvaluationFacts(long count, double seconds, long failures) {

  static EvaluationFacts none() {
    return new EvaluationFacts(0, 0, 0);
  }

  EvaluationFacts succeeded(double took) {
    return new EvaluationFacts(count + 1, seconds + took, failures);
  }

  EvaluationFacts failed() {
    return new EvaluationFacts(count, seconds, failures + 1);
  }
}
