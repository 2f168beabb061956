package io.modeldrift.statistics;

import java.util.Optional;

/**
 * How often each of two versions was right about the same request.
 *
 * @param bothRight neither version was wrong
 * @param onlyFirst only the first was right
 * @param onlySecond only the second was right
 * @param bothWrong neither was right
 */
public record PairedOutcomes(long bothRight, long onlyFirst, long onlySecond, long bothWrong) {

  /** With fewer answers that differ the sequential interval would be wrong. */
  private static final long FEWEST_DISCORDANT = 20;

  public static final PairedOutcomes NONE = new PairedOutcomes(0, 0, 0, 0);

  public PairedOutcomes {
    if (Math.min(Math.min(bothRight, onlyFirst), Math.min(onlySecond, bothWrong)) < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  /** Returns these with one more pair. */
  public PairedOutcomes with(boolean firstRight, boolean secondRight) {
    return new PairedOutcomes(
        bothRight + (firstRight && secondRight ? 1 : 0),
        onlyFirst + (firstRight && !secondRight ? 1 : 0),
        onlySecond + (!firstRight && secondRight ? 1 : 0),
        bothWrong + (!firstRight && !secondRight ? 1 : 0));
  }

  /** Returns these with those of other pairs. */
  public PairedOutcomes plus(PairedOutcomes other) {
    return new PairedOutcomes(
        bothRight + other.bothRight,
        onlyFirst + other.onlyFirst,
        onlySecond + other.onlySecond,
        bothWrong + other.bothWrong);
  }

  /** Returns the same, told of the second version first. */
  public PairedOutcomes swapped() {
    return new PairedOutcomes(bothRight, onlySecond, onlyFirst, bothWrong);
  }

  /** Returns the number of pairs. */
  public long pairs() {
    return bothRight + onlyFirst + onlySecond + bothWrong;
  }

  /** Returns accuracy of the first − accuracy of the second; absent without pairs. */
  public Estimate difference() {
    double pairs = pairs();
    double gap = onlyFirst - onlySecond;
    double discordant = onlyFirst + onlySecond;
    return Estimate.of(gap / pairs, Math.sqrt(discordant - gap * gap / pairs) / pairs);
  }

  /** Returns McNemar's statistic, χ² with one degree of freedom; absent if all pairs agree. */
  public Result mcNemar() {
    double gap = onlyFirst - onlySecond;
    return Result.ofFinite(gap * gap / (onlyFirst + onlySecond));
  }

  /** Returns the difference with an interval for any number of looks, once 20 pairs differ. */
  public Optional<SequentialDifference> sequential(SequentialPlan plan) {
    Estimate estimate = difference();
    double error = estimate.standardError().asOptional().orElse(0);
    if (onlyFirst + onlySecond < FEWEST_DISCORDANT || error == 0) {
      return Optional.empty();
    }
    double difference = estimate.value().asOptional().orElseThrow();
    return Optional.of(SequentialDifference.of(difference, 1 / (error * error), plan));
  }
}
