package io.modeldrift.app.demo;

import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person, in one line a month, what the replayed flights were like, so that the page of the
 * exporter can be compared with what really happened. Not thread-safe.
 */
final class DemoProgress {

  private final Consumer<String> lines;
  private @Nullable YearMonth month;
  private long flights;
  private long late;
  private long cancelled;

  DemoProgress(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Counts a flight, and speaks if it opens a new month. */
  void replayed(Flight flight) {
    LocalDate date = flight.date();
    if (month == null || !month.equals(YearMonth.from(date))) {
      finish();
      month = YearMonth.from(date);
      if (month.getMonth() == Month.JULY) {
        lines.accept("           US Airways now flies as American: no more US, twice the AA");
      }
    }
    flights++;
    late += flight.leftLate() ? 1 : 0;
    cancelled += flight.cancelled() ? 1 : 0;
  }

  /** Sums up the month that has just ended, if there is one. */
  void finish() {
    if (month != null) {
      lines.accept(
          String.format(
              Locale.ROOT,
              "%-9s  %,6d flights  %4.1f %% left late  %3.1f %% cancelled",
              month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
              flights,
              100.0 * late / flights,
              100.0 * cancelled / flights));
    }
    month = null;
    flights = 0;
    late = 0;
    cancelled = 0;
  }
}
