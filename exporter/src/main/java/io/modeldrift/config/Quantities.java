package io.modeldrift.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them, and sizes in bytes. */
public final class Quantities {

  private static final Pattern DURATION_PART = Pattern.compile("(\\d+)(ms|s|m|h|d|w|y)");
  private static final Pattern DURATION = Pattern.compile("(\\d+(ms|s|m|h|d|w|y))+");
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(|B|KiB|MiB|GiB|kB|MB|GB)");

  private Quantities() {}

  /** Returns the duration of a text such as {@code 90s}, {@code 1h30m}, {@code 1d} or {@code 0}. */
  public static Optional<Duration> duration(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (!DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      Duration sum = Duration.ZERO;
      Matcher part = DURATION_PART.matcher(text);
      while (part.find()) {
        sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
      }
      return Optional.of(sum);
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns a duration in Prometheus' words: {@code 1h30m}; {@code 0s} for none. */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    long rest = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
      long size = unit(unit).toMillis();
      if (rest >= size) {
        text.append(rest / size).append(unit);
        rest %= size;
      }
    }
    return text.length() == 0 ? "0s" : text.toString();
  }

  /**
   * Returns the number of bytes of a text such as {@code 1048576}, {@code 512KiB} or {@code 1MB}.
   */
  public static Optional<Long> bytes(String text) {
    Matcher size = SIZE.matcher(text.trim());
    if (!size.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.multiplyExact(Long.parseLong(size.group(1)), scale(size.group(2))));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns a number of bytes in the largest binary unit that fits exactly. */
  public static String formatBytes(long bytes) {
    String[] units = {"GiB", "MiB", "KiB"};
    for (int i = 0; i < units.length; i++) {
      long scale = 1L << (30 - 10 * i);
      if (bytes >= scale && bytes % scale == 0) {
        return String.format(Locale.ROOT, "%d%s", bytes / scale, units[i]);
      }
    }
    return Long.toString(bytes);
  }

  private static Duration unit(String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> Duration.ofDays(365);
    };
  }

  private static long scale(String unit) {
    return switch (unit) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "kB" -> 1_000;
      case "MB" -> 1_000_000;
      case "GB" -> 1_000_000_000;
      default -> 1;
    };
  }
}
