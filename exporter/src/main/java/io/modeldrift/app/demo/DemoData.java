package io.modeldrift.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bundled flights in the order of their schedule, read from the jar one line at a time.
 *
 * <p>Not thread-safe. Memory does not depend on the number of flights. Reading failures surface as
 * {@link UncheckedIOException}: the file is part of the jar.
 */
public final class DemoData implements Iterator<Flight>, AutoCloseable {

  /** The day from which flights are replayed; those before it are the baseline. */
  static final LocalDate REPLAY_START = LocalDate.of(2015, 4, 1);

  private static final String RESOURCE = "flights.csv.gz";

  private final BufferedReader lines;
  private final Predicate<Flight> wanted;
  private @Nullable Flight next;

  private DemoData(Predicate<Flight> wanted) {
    this.wanted = wanted;
    this.lines = open();
    readLine(); // the header
    next = readWanted();
  }

  /** Returns the flights of January to March, 24,354 of them: the baseline. */
  public static DemoData baseline() {
    return new DemoData(flight -> flight.date().isBefore(REPLAY_START));
  }

  /** Returns the flights of April to December, 75,646 of them: the traffic. */
  public static DemoData traffic() {
    return new DemoData(flight -> !flight.date().isBefore(REPLAY_START));
  }

  private static BufferedReader open() {
    InputStream resource =
        Objects.requireNonNull(DemoData.class.getResourceAsStream(RESOURCE), RESOURCE);
    try {
      return new BufferedReader(
          new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Flight readWanted() {
    for (String line = readLine(); line != null; line = readLine()) {
      Flight flight = Flight.parse(line);
      if (wanted.test(flight)) {
        return flight;
      }
    }
    return null;
  }

  private @Nullable String readLine() {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Flight next() {
    Flight flight = next;
    if (flight == null) {
      throw new NoSuchElementException("no more flights");
    }
    next = readWanted();
    return flight;
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
