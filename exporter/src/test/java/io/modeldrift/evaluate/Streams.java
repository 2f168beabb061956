package io.modeldrift.evaluate;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Simulated streams of one column: what a model might see, with and without drift. */
final class Streams {

  static final int CATEGORIES = 200;

  private static final double[] ZIPF_QUANTILES = zipfQuantiles();

  /** A stream whose rows depend on the row before, and what becomes of its normal values. */
  record Stream(String name, double correlation, DoubleUnaryOperator shape, boolean categorical) {

    boolean isIndependent() {
      return correlation == 0;
    }

    /** Starts the stream anew; {@code shift} is in standard deviations of the normal values. */
    Source start(SplittableRandom random, double shift) {
      return new Source(this, random, shift);
    }
  }

  static final Stream NORMAL = numeric("normal", 0);

  static final Stream[] ALL = {
    NORMAL,
    new Stream("lognormal", 0, Math::exp, false),
    new Stream("heavy tails (z³)", 0, z -> z * z * z, false),
    new Stream("half zeros, half normal", 0, z -> Math.max(0, z), false),
    new Stream("two humps", 0, z -> z + (z > 0 ? 3 : -3), false),
    new Stream("Zipf, 200 categories", 0, Streams::zipf, true),
    numeric("AR(1), ρ 0.5", 0.5),
    numeric("AR(1), ρ 0.8", 0.8),
    numeric("AR(1), ρ 0.9", 0.9),
    numeric("AR(1), ρ 0.95", 0.95),
    new Stream("Zipf, 200 categories, ρ 0.8", 0.8, Streams::zipf, true),
  };

  private Streams() {}

  /** One run of a stream. */
  static final class Source {

    private final Stream stream;
    private final SplittableRandom random;
    private final double shift;
    private final double fresh;
    private double z;
    private double spare = Double.NaN;

    private Source(Stream stream, SplittableRandom random, double shift) {
      this.stream = stream;
      this.random = random;
      this.shift = shift;
      this.fresh = Math.sqrt(1 - stream.correlation * stream.correlation);
      this.z = gaussian();
    }

    double next() {
      z = stream.correlation * z + fresh * gaussian();
      return stream.shape.applyAsDouble(z + shift);
    }

    /** Marsaglia's polar method: the second value of each pair is kept. */
    private double gaussian() {
      if (!Double.isNaN(spare)) {
        double value = spare;
        spare = Double.NaN;
        return value;
      }
      while (true) {
        double u = 2 * random.nextDouble() - 1;
        double v = 2 * random.nextDouble() - 1;
        double s = u * u + v * v;
        if (s > 0 && s < 1) {
          double factor = Math.sqrt(-2 * Math.log(s) / s);
          spare = v * factor;
          return u * factor;
        }
      }
    }
  }

  private static Stream numeric(String name, double correlation) {
    return new Stream(name, correlation, z -> z, false);
  }

  /** The category whose share of a Zipf law (exponent 1.1) contains this normal value. */
  private static double zipf(double z) {
    int low = 0;
    int high = ZIPF_QUANTILES.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ZIPF_QUANTILES[middle] < z) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] zipfQuantiles() {
    double total = 0;
    for (int rank = 1; rank <= CATEGORIES; rank++) {
      total += Math.pow(rank, -1.1);
    }
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double[] quantiles = new double[CATEGORIES - 1];
    double cumulated = 0;
    for (int rank = 1; rank < CATEGORIES; rank++) {
      cumulated += Math.pow(rank, -1.1) / total;
      quantiles[rank - 1] = normal.inverseCumulativeProbability(cumulated);
    }
    return quantiles;
  }
}
