package io.modeldrift.statistics;

import java.util.OptionalDouble;

/**
 * A number that may be published, or the reason why there is none.
 *
 * <p>An absent number is never 0, never NaN and never infinite: "no data" must not look like "no
 * drift".
 */
public sealed interface Result {

  /** A finite number. */
  record Value(double value) implements Result {

    public Value {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("value " + value + " is not finite");
      }
    }
  }

  /** No number, and why. */
  record Absent(Reason reason) implements Result {}

  /** Why a number is absent. */
  enum Reason {
    /** The baseline has no rows. */
    NO_BASELINE,
    /** The window has no rows. */
    NO_ROWS,
    /** The formula has no finite result here, or does not apply to this kind of column. */
    NOT_DEFINED
  }

  /** Returns the number, or "not defined" if it is NaN or infinite. */
  static Result ofFinite(double value) {
    return Double.isFinite(value) ? new Value(value) : new Absent(Reason.NOT_DEFINED);
  }

  /** Returns "no number" with its reason. */
  static Result absent(Reason reason) {
    return new Absent(reason);
  }

  /** Returns the number, or nothing whatever the reason. */
  default OptionalDouble asOptional() {
    return this instanceof Value present
        ? OptionalDouble.of(present.value())
        : OptionalDouble.empty();
  }
}
