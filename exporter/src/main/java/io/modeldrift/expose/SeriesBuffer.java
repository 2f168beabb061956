package io.modeldrift.expose;

import io.modeldrift.expose.Family.Kind;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers series by family while collectors walk their snapshots model by model.
 *
 * <p>A family without series does not appear. For one thread.
 */
final class SeriesBuffer {

  private static final long UNKNOWN_START = 0;

  /** What the library takes for a summary without count and sum. */
  private static final long NO_COUNT = -1;

  private final Map<Family, Series> series = new LinkedHashMap<>();

  /**
   * The series of one family.
   *
   * @param lasting those of other buffers, which do not change any more
   */
  private record Series(List<List<DataPointSnapshot>> lasting, List<DataPointSnapshot> own) {

    List<DataPointSnapshot> all() {
      List<DataPointSnapshot> all = new ArrayList<>(own);
      lasting.forEach(all::addAll);
      return all;
    }
  }

  /** Adds a counter that started at zero at an unknown time. */
  void count(Family family, Labels labels, long value) {
    add(family, Kind.COUNTER, new CounterDataPointSnapshot(value, labels, null, UNKNOWN_START));
  }

  /** Adds a counter that started at zero at {@code since}. */
  void count(Family family, Labels labels, long value, Instant since) {
    add(
        family,
        Kind.COUNTER,
        new CounterDataPointSnapshot(value, labels, null, since.toEpochMilli()));
  }

  /** Adds a counter that need not be whole; nothing if the value is not finite. */
  void sum(Family family, Labels labels, double value) {
    if (Double.isFinite(value)) {
      add(family, Kind.COUNTER, new CounterDataPointSnapshot(value, labels, null, UNKNOWN_START));
    }
  }

  /** Adds a gauge; nothing if the value is not finite, for absent is never NaN. */
  void gauge(Family family, Labels labels, double value) {
    if (Double.isFinite(value)) {
      add(family, Kind.GAUGE, new GaugeDataPointSnapshot(value, labels, null));
    }
  }

  /** Adds a gauge that counts something; whole numbers are exact up to 2^53. */
  void gauge(Family family, Labels labels, long value) {
    gauge(family, labels, (double) value);
  }

  /** Adds a gauge in seconds since the epoch. */
  void timestamp(Family family, Labels labels, Instant time) {
    gauge(family, labels, time.toEpochMilli() / 1000.0);
  }

  /** Adds a histogram with these upper bounds and one more count, for everything above. */
  void histogram(Family family, Labels labels, List<Double> bounds, List<Long> counts, double sum) {
    List<Double> upperBounds = new ArrayList<>(bounds);
    upperBounds.add(Double.POSITIVE_INFINITY);
    add(
        family,
        Kind.HISTOGRAM,
        new HistogramDataPointSnapshot(
            ClassicHistogramBuckets.of(upperBounds, counts), sum, labels, Exemplars.EMPTY, 0));
  }

  void info(Family family, Labels labels) {
    add(family, Kind.INFO, new InfoDataPointSnapshot(labels));
  }

  /** Adds how often something happened and how much it was altogether. */
  void summary(Family family, Labels labels, long count, double sum) {
    add(
        family,
        Kind.SUMMARY,
        new SummaryDataPointSnapshot(
            count, sum, Quantiles.EMPTY, labels, Exemplars.EMPTY, UNKNOWN_START));
  }

  /** Adds one series for each quantile, without count and sum; nothing if there are none. */
  void quantiles(Family family, Labels labels, List<Double> quantiles, List<Double> values) {
    List<Quantile> pairs = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      pairs.add(new Quantile(quantiles.get(i), values.get(i)));
    }
    if (!pairs.isEmpty()) {
      add(
          family,
          Kind.SUMMARY,
          new SummaryDataPointSnapshot(
              NO_COUNT, Double.NaN, Quantiles.of(pairs), labels, Exemplars.EMPTY, UNKNOWN_START));
    }
  }

  /** Adds one series for each name, 1 for the current one and 0 for the others. */
  void state(Family family, Labels labels, String[] names, int current) {
    boolean[] values = new boolean[names.length];
    values[current] = true;
    add(family, Kind.STATE_SET, new StateSetDataPointSnapshot(names, values, labels));
  }

  /** Adds what another buffer gathered earlier and what has not changed since. */
  void addAll(SeriesBuffer unchanged) {
    unchanged.series.forEach((family, points) -> series(family).lasting().add(points.own()));
  }

  /**
   * Returns everything gathered, in the order in which the families first appeared; families that
   * are as they were, as the objects they were.
   */
  MetricSnapshots snapshots(LastingFamilies known) {
    List<MetricSnapshot> families = new ArrayList<>(series.size());
    series.forEach((family, points) -> families.add(snapshot(family, points, known)));
    return new MetricSnapshots(families);
  }

  private void add(Family family, Kind kind, DataPointSnapshot point) {
    if (family.kind() != kind) {
      throw new IllegalArgumentException(family.metadata().getName() + " is no " + kind);
    }
    series(family).own().add(point);
  }

  private Series series(Family family) {
    return series.computeIfAbsent(
        family, absent -> new Series(new ArrayList<>(), new ArrayList<>()));
  }

  private static MetricSnapshot snapshot(Family family, Series series, LastingFamilies known) {
    return series.own().isEmpty()
        ? known.of(family, series.lasting(), () -> snapshot(family, series.all()))
        : snapshot(family, series.all());
  }

  private static MetricSnapshot snapshot(Family family, List<DataPointSnapshot> points) {
    return switch (family.kind()) {
      case COUNTER ->
          new CounterSnapshot(family.metadata(), cast(points, CounterDataPointSnapshot.class));
      case GAUGE ->
          new GaugeSnapshot(family.metadata(), cast(points, GaugeDataPointSnapshot.class));
      case HISTOGRAM ->
          new HistogramSnapshot(family.metadata(), cast(points, HistogramDataPointSnapshot.class));
      case INFO -> new InfoSnapshot(family.metadata(), cast(points, InfoDataPointSnapshot.class));
      case SUMMARY ->
          new SummarySnapshot(family.metadata(), cast(points, SummaryDataPointSnapshot.class));
      case STATE_SET ->
          new StateSetSnapshot(family.metadata(), cast(points, StateSetDataPointSnapshot.class));
    };
  }

  private static <T extends DataPointSnapshot> List<T> cast(
      List<DataPointSnapshot> points, Class<T> type) {
    return points.stream().map(type::cast).toList();
  }
}
