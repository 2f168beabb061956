package io.modeldrift.statistics;

/** Checks that detectors share. */
final class DetectorState {

  private DetectorState() {}

  static double requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalArgumentException("loss " + loss + " is not finite");
    }
    return loss;
  }

  static void requireShare(double loss) {
    if (!ProbabilityLoss.isProbability(loss)) {
      throw new IllegalArgumentException("loss " + loss + " is not in [0, 1]");
    }
  }

  static void requireLength(double[] state, int length) {
    if (state.length != length) {
      throw new IllegalArgumentException(state.length + " numbers, expected " + length);
    }
  }

  static long count(double number) {
    if (!(number >= 0 && number <= 1L << 53 && number == Math.rint(number))) {
      throw new IllegalArgumentException(number + " is not a count");
    }
    return (long) number;
  }

  static boolean flag(double number) {
    if (number != 0 && number != 1) {
      throw new IllegalArgumentException(number + " is not a flag");
    }
    return number == 1;
  }

  static double flag(boolean set) {
    return set ? 1 : 0;
  }

  static Result mean(double mean, long rows) {
    return rows == 0 ? Result.absent(Result.Reason.NO_ROWS) : Result.ofFinite(mean);
  }
}
