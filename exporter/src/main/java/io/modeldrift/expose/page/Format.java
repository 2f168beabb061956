package io.modeldrift.expose.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes numbers and times for people. */
final class Format {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB"};

  private static final int MOST_DECIMALS = 8;

  private Format() {}

  /** Returns a whole number with thousands separators. */
  static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** Returns a count and its noun, for example {@code 1 row} or {@code 2,000 rows}. */
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Returns a share of 0 to 1 in per cent; something is never shown as nothing, or as all. */
  static String percent(double share) {
    if (share == 0) {
      return "0%";
    }
    if (share < 0.0005) {
      return "<0.1%";
    }
    if (share < 1 && share > 0.9995) {
      return ">99.9%";
    }
    return String.format(Locale.ENGLISH, "%.1f%%", 100 * share);
  }

  /** Returns a drift score or threshold with three significant digits, at most three decimals. */
  static String score(double score) {
    return score >= 100
        ? count(Math.round(score))
        : String.format(Locale.ENGLISH, score >= 10 ? "%.1f" : "%.3f", score);
  }

  /**
   * Returns a bin's edge, as exact as it takes to tell it from its neighbours.
   *
   * @param width of the narrower bin beside it
   */
  static String edge(double value, double width) {
    double size = Math.abs(value);
    if (size >= 1e7 || (size > 0 && size < 1e-6)) {
      return String.format(Locale.ENGLISH, "%.3g", value);
    }
    int decimals = width > 0 ? (int) Math.ceil(-Math.log10(width)) + 1 : MOST_DECIMALS;
    return BigDecimal.valueOf(value)
        .setScale(Math.max(0, Math.min(MOST_DECIMALS, decimals)), RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < BYTE_UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(
        Locale.ENGLISH, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, BYTE_UNITS[unit]);
  }

  static String time(Instant time) {
    return MINUTE.format(time);
  }

  /** Returns how long something takes or is ago in its largest unit: {@code 45 s}, {@code 3 h}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }

  /** Returns a place in a picture; a tenth of a pixel is enough. */
  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
