package io.modeldrift.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Lets a line through ten times a minute, whatever its arguments are, and counts the others: what
 * goes wrong with every payload must not fill a disk. Thread-safe.
 */
final class RepeatedLines extends TurboFilter {

  private static final int LINES_A_MINUTE = 10;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MAX_REMEMBERED = 500;
  private static final Marker SUMMARY = MarkerFactory.getDetachedMarker("left-out");

  private final LongSupplier nanos;
  private final Map<String, Minute> minutes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Minute> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };
  private final Map<String, Long> graveLines = new LinkedHashMap<>(Map.of("error", 0L, "warn", 0L));
  private long suppressed;

  /** How often a line came since a moment. */
  private static final class Minute {
    long start;
    long lines;

    Minute(long start) {
      this.start = start;
    }
  }

  RepeatedLines(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized long suppressed() {
    return suppressed;
  }

  /** Returns how many errors and warnings there were by level, those left out included. */
  synchronized Map<String, Long> graveLines() {
    return Map.copyOf(graveLines);
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable failure) {
    if (format == null || marker == SUMMARY) {
      return FilterReply.NEUTRAL;
    }
    if (level.isGreaterOrEqual(Level.WARN)) {
      countGrave(level);
    }
    if (!level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    long leftOut = count(logger.getName() + ' ' + format);
    if (leftOut < 0) {
      return FilterReply.DENY;
    }
    if (leftOut > 0) {
      logger.warn(SUMMARY, "{} lines like the next one were left out", leftOut);
    }
    return FilterReply.NEUTRAL;
  }

  private synchronized void countGrave(Level level) {
    graveLines.merge(level.toString().toLowerCase(Locale.ROOT), 1L, Long::sum);
  }

  /** Returns how many were left out before this line, or -1 if it is to be left out, too. */
  private synchronized long count(String line) {
    long now = nanos.getAsLong();
    Minute minute = minutes.computeIfAbsent(line, key -> new Minute(now));
    long leftOut = 0;
    if (now - minute.start >= MINUTE_NANOS) {
      leftOut = Math.max(0, minute.lines - LINES_A_MINUTE);
      minute.start = now;
      minute.lines = 0;
    }
    minute.lines++;
    if (minute.lines > LINES_A_MINUTE) {
      suppressed++;
      return -1;
    }
    return leftOut;
  }
}
