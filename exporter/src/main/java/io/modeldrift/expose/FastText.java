package io.modeldrift.expose;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a scrape as Prometheus text or OpenMetrics: exactly what the library writes.
 *
 * <p>The library writes small families, and the head and the first series of large ones, so that
 * everything about the format stays its business. The thousands of series that follow differ in
 * labels and value only, and the library is slow at those.
 */
final class FastText {

  /** Families with fewer series are left to the library. */
  private static final int MANY = 16;

  private static final byte[] END = "# EOF\n".getBytes(StandardCharsets.US_ASCII);

  private final ScrapeFormat format;
  private final OutputStream out;
  private final Shortcut shortcut;
  private final SeriesLines lines;
  private final List<MetricSnapshot> small = new ArrayList<>();
  private boolean ends;

  /** Another way to write a large family; returns false if it has written nothing. */
  private interface Shortcut {
    boolean write(MetricSnapshot family) throws IOException;
  }

  private FastText(ScrapeFormat format, OutputStream out, Shortcut shortcut) {
    this.format = format;
    this.out = out;
    this.shortcut = shortcut;
    this.lines = new SeriesLines(out);
  }

  /** Writes all families. */
  static void write(ScrapeFormat format, MetricSnapshots families, OutputStream out)
      throws IOException {
    new FastText(format, out, family -> false).write(families);
  }

  /** Writes all families, those that were compressed before without doing it again. */
  static void write(
      ScrapeFormat format, MetricSnapshots families, GzipText out, DeflatedFamilies deflated)
      throws IOException {
    Shortcut shortcut =
        family -> {
          Optional<DeflatedText> text = deflated.of(format, family);
          if (text.isPresent()) {
            out.write(text.get());
          }
          return text.isPresent();
        };
    new FastText(format, out, shortcut).write(families);
  }

  /** Writes a large family, and nothing after it. */
  static void writeFamily(ScrapeFormat format, MetricSnapshot family, OutputStream out)
      throws IOException {
    FastText text = new FastText(format, out, other -> false);
    text.writeLarge(family, Objects.requireNonNull(head(family), "a large family has a head"));
    text.lines.flush();
  }

  /** Returns whether a family has so many series that they are written one by one. */
  static boolean isLarge(MetricSnapshot family) {
    return family.getDataPoints().size() >= MANY && head(family) != null;
  }

  private void write(MetricSnapshots families) throws IOException {
    for (MetricSnapshot family : families) {
      MetricSnapshot head = family.getDataPoints().size() < MANY ? null : head(family);
      if (head == null) {
        small.add(family);
        continue;
      }
      writeSmall();
      lines.flush();
      if (!shortcut.write(family)) {
        writeLarge(family, head);
      }
    }
    byLibrary(new MetricSnapshots(small)); // even without families there may be an end
    if (ends) {
      lines.raw(END, END.length);
    }
    lines.flush();
    out.flush();
  }

  /** Returns the family with its first series alone; null for kinds with more than one value. */
  private static @Nullable MetricSnapshot head(MetricSnapshot family) {
    if (family instanceof CounterSnapshot counter) {
      return new CounterSnapshot(counter.getMetadata(), counter.getDataPoints().subList(0, 1));
    }
    if (family instanceof GaugeSnapshot gauge) {
      return new GaugeSnapshot(gauge.getMetadata(), gauge.getDataPoints().subList(0, 1));
    }
    return family instanceof StateSetSnapshot states
        ? new StateSetSnapshot(states.getMetadata(), states.getDataPoints().subList(0, 1))
        : null;
  }

  private void writeSmall() throws IOException {
    if (!small.isEmpty()) {
      byLibrary(new MetricSnapshots(small));
      small.clear();
    }
  }

  private void writeLarge(MetricSnapshot family, MetricSnapshot head) throws IOException {
    String text = byLibrary(new MetricSnapshots(head));
    String lastLine = text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
    String name = lastLine.substring(0, lastLine.indexOf('{'));
    List<? extends DataPointSnapshot> points = family.getDataPoints();
    for (int i = 1; i < points.size(); i++) {
      lines.series(name, family.getMetadata().getPrometheusName(), points.get(i));
    }
  }

  /** Writes families as the library does, without the mark at the end; returns the text. */
  private String byLibrary(MetricSnapshots families) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    format.writer().write(text, families, format.scheme());
    byte[] bytes = text.toByteArray();
    int length = bytes.length;
    if (endsWithMark(bytes)) {
      length -= END.length;
      ends = true;
    }
    lines.raw(bytes, length);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean endsWithMark(byte[] bytes) {
    int start = bytes.length - END.length;
    return start >= 0 && Arrays.equals(bytes, start, bytes.length, END, 0, END.length);
  }
}
