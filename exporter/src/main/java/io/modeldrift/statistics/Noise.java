package io.modeldrift.statistics;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What chance alone does to the drift scores of one column in one window, and from it thresholds
 * and p-values that tolerate a small true drift.
 *
 * <p>A threshold answers: which score is exceeded with probability {@code upperTail} at most if the
 * true PSI is {@code tolerance}? With few rows it is high because noise is; with many it falls
 * towards the tolerance and stays there. A p-value is the same statement turned round: score above
 * threshold if and only if p-value below {@code upperTail}. Sources: Yurdakul and Naranjo (2020),
 * Potgieter et al. (2023).
 *
 * <p>Immutable. Costs one or two tail evaluations a p-value, and one remembered quantile a
 * threshold.
 */
public final class Noise {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double NEGLIGIBLE_P_VALUE = 1e-15;

  private final int occupiedBins;
  private final double noiseUnit;
  private final double valueNoiseUnit;
  private final double largestPooledVariance;
  private final Dispersion dispersion;
  private final WassersteinNull wassersteinNull;
  private final Supplier<OptionalInt> chiSquareDegrees;

  Noise(
      int occupiedBins,
      double noiseUnit,
      double valueNoiseUnit,
      double largestPooledVariance,
      Dispersion dispersion,
      WassersteinNull wassersteinNull,
      Supplier<OptionalInt> chiSquareDegrees) {
    this.occupiedBins = occupiedBins;
    this.noiseUnit = noiseUnit;
    this.valueNoiseUnit = valueNoiseUnit;
    this.largestPooledVariance = largestPooledVariance;
    this.dispersion = dispersion;
    this.wassersteinNull = wassersteinNull;
    this.chiSquareDegrees = chiSquareDegrees;
  }

  /**
   * Returns the noise of a column.
   *
   * @param pair the counts that the scores come from, both sides non-empty
   * @param dispersion how dependent the rows are
   * @param wassersteinNull null distribution of the Wasserstein distance
   */
  public static Noise of(BinnedPair pair, Dispersion dispersion, WassersteinNull wassersteinNull) {
    return new Noise(
        pair.occupiedBins(),
        pair.noiseUnit(),
        pair.valueNoiseUnit(),
        pair.largestPooledVariance(),
        dispersion,
        wassersteinNull,
        () -> degreesOfTest(pair));
  }

  /** Returns the PSI that rows without drift show on average: {@code (B−1)·k·δ}. */
  public double floor() {
    return (occupiedBins - 1) * noiseUnit * dispersion.delta();
  }

  /**
   * Returns the score that is surely more than the tolerance.
   *
   * @param tolerance tolerated PSI, at least 0
   * @param upperTail probability of a score above the threshold at a true PSI of {@code tolerance}
   * @return nothing if the measure has no null distribution here
   */
  public OptionalDouble threshold(
      Measure measure, double tolerance, double upperTail, ThresholdQuantiles quantiles) {
    return switch (measure) {
      case KS -> present(ksThreshold(tolerance, upperTail, quantiles));
      case L_INFINITY -> present(largestDifferenceThreshold(tolerance, upperTail, quantiles));
      case WASSERSTEIN -> wassersteinThreshold(tolerance, upperTail, quantiles);
      case CHI_SQUARE -> chiSquareThreshold(tolerance, upperTail, quantiles);
      default -> {
        double psi = psiThreshold(tolerance, upperTail, degrees(occupiedBins - 1), quantiles);
        yield present(measure.fromPsi(psi));
      }
    };
  }

  /**
   * Returns the probability of a score above {@code score} if the true PSI is {@code tolerance}; 0
   * below 1e-15, nothing if the measure has no null distribution here.
   */
  public OptionalDouble pValue(Measure measure, double score, double tolerance) {
    OptionalDouble exact = exactPValue(measure, score, tolerance);
    return exact.isPresent() && exact.getAsDouble() < NEGLIGIBLE_P_VALUE
        ? OptionalDouble.of(0)
        : exact;
  }

  private OptionalDouble exactPValue(Measure measure, double score, double tolerance) {
    return switch (measure) {
      case KS -> present(ksPValue(score, tolerance));
      case L_INFINITY -> present(largestDifferencePValue(score, tolerance));
      case WASSERSTEIN -> wassersteinPValue(score, tolerance);
      case CHI_SQUARE -> chiSquarePValue(score, tolerance);
      default -> present(psiPValue(measure.toPsi(score), tolerance, degrees(occupiedBins - 1)));
    };
  }

  private double psiThreshold(
      double tolerance, double upperTail, double degrees, ThresholdQuantiles quantiles) {
    double unit = unit();
    return unit * quantiles.noncentralChiSquare(upperTail, degrees, tolerance / unit);
  }

  private double psiPValue(double psi, double tolerance, double degrees) {
    double unit = unit();
    return NoncentralChiSquare.upperTail(psi / unit, degrees, tolerance / unit);
  }

  private OptionalDouble chiSquareThreshold(
      double tolerance, double upperTail, ThresholdQuantiles quantiles) {
    OptionalInt free = chiSquareDegrees.get();
    if (free.isEmpty()) {
      return OptionalDouble.empty();
    }
    double psi = psiThreshold(tolerance, upperTail, degrees(free.getAsInt()), quantiles);
    return present(psi / noiseUnit);
  }

  private OptionalDouble chiSquarePValue(double score, double tolerance) {
    OptionalInt free = chiSquareDegrees.get();
    return free.isEmpty()
        ? OptionalDouble.empty()
        : present(psiPValue(score * noiseUnit, tolerance, degrees(free.getAsInt())));
  }

  private double ksThreshold(double tolerance, double upperTail, ThresholdQuantiles quantiles) {
    return largestShareGap(tolerance) + quantiles.kolmogorov(upperTail) * ksUnit();
  }

  private double ksPValue(double score, double tolerance) {
    return Kolmogorov.upperTail((score - largestShareGap(tolerance)) / ksUnit());
  }

  private double largestDifferenceThreshold(
      double tolerance, double upperTail, ThresholdQuantiles quantiles) {
    double z = quantiles.normal(upperTail / (2 * occupiedBins));
    return largestShareGap(tolerance) + z * differenceUnit();
  }

  private double largestDifferencePValue(double score, double tolerance) {
    double excess = score - largestShareGap(tolerance);
    if (excess <= 0) {
      return 1;
    }
    double tail = NORMAL.survivalProbability(excess / differenceUnit());
    return Math.min(1, 2 * occupiedBins * tail);
  }

  private OptionalDouble wassersteinThreshold(
      double tolerance, double upperTail, ThresholdQuantiles quantiles) {
    if (!wassersteinNull.isDefined()) {
      return OptionalDouble.empty();
    }
    double quantile = quantiles.gamma(upperTail, wassersteinNull.shape());
    double noise = wassersteinNull.threshold(quantile, valueNoiseUnit);
    return present(Math.sqrt(tolerance) + noise);
  }

  private OptionalDouble wassersteinPValue(double score, double tolerance) {
    if (!wassersteinNull.isDefined()) {
      return OptionalDouble.empty();
    }
    double excess = score - Math.sqrt(tolerance);
    return present(excess <= 0 ? 1 : wassersteinNull.upperTail(excess, valueNoiseUnit));
  }

  private double unit() {
    return noiseUnit * dispersion.noiseFactor();
  }

  private double ksUnit() {
    return Math.sqrt(valueNoiseUnit * dispersion.noiseFactor());
  }

  private double differenceUnit() {
    return Math.sqrt(unit() * largestPooledVariance);
  }

  private double degrees(int freeBins) {
    return Math.max(1, freeBins / dispersion.unevenness());
  }

  /** The largest difference of a share, or of cumulated shares, at this PSI. */
  private static double largestShareGap(double tolerance) {
    return Math.sqrt(tolerance) / 2;
  }

  private static OptionalInt degreesOfTest(BinnedPair pair) {
    return ChiSquareTest.of(pair)
        .map(test -> OptionalInt.of(test.degrees()))
        .orElse(OptionalInt.empty());
  }

  private static OptionalDouble present(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
