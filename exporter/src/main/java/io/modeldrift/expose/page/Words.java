package io.modeldrift.expose.page;

import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.Measure;
import java.util.Locale;

/** Says in plain words what code says in names. */
final class Words {

  private Words() {}

  static String state(DriftState state) {
    return switch (state) {
      case INSUFFICIENT -> "not enough data";
      case STABLE -> "stable";
      case WARNING -> "warning";
      case DRIFTED -> "drifted";
    };
  }

  /** Returns the state as it follows a number of things: two <em>without enough data</em>. */
  static String counted(DriftState state) {
    return switch (state) {
      case INSUFFICIENT -> "without enough data";
      case WARNING -> "with a warning";
      case STABLE, DRIFTED -> state(state);
    };
  }

  static String measure(Measure measure) {
    return switch (measure) {
      case PSI -> "PSI";
      case KL -> "KL divergence";
      case JS_DIVERGENCE -> "JS divergence";
      case JS_DISTANCE -> "JS distance";
      case HELLINGER -> "Hellinger distance";
      case TOTAL_VARIATION -> "total variation";
      case L_INFINITY -> "largest change of a share";
      case KS -> "KS statistic";
      case WASSERSTEIN -> "Wasserstein distance";
      case CHI_SQUARE -> "chi-square";
      case CRAMERS_V -> "Cramér’s V";
    };
  }

  /** Returns why there is no verdict. */
  static String reason(ColumnVerdict.Insufficient insufficient, long rows) {
    return switch (insufficient.reason()) {
      case NO_BASELINE -> "The baseline has no rows of this column.";
      case LAYOUT_MISMATCH -> "The window was counted over other bins than the baseline.";
      case NO_ROWS -> "No rows arrived in this window.";
      case BASELINE_TOO_SMALL ->
          "The baseline has too few rows for its number of bins: no window would be large enough.";
      case TOO_FEW_ROWS ->
          "A verdict needs "
              + Format.count(insufficient.requiredRows().orElse(0))
              + " rows, the window has "
              + Format.count(rows)
              + ".";
      case NOT_DEFINED -> "The measure that decides is not defined for these values.";
    };
  }

  /** Returns a label such as {@code bad_json} as words. */
  static String label(String label) {
    return label.replace('_', ' ');
  }

  /** Returns a label as words that begin a sentence. */
  static String sentence(String label) {
    return label.substring(0, 1).toUpperCase(Locale.ROOT) + label(label.substring(1));
  }
}
