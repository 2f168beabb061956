package io.modeldrift.expose;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;

/**
 * What all series of one metric have in common.
 *
 * @param kind what the value means and how it may be added up
 * @param metadata name without the suffix that the kind adds, help, and unit if the name has one
 */
record Family(Kind kind, MetricMetadata metadata) {

  /** The types of Prometheus and OpenMetrics that are used here. */
  enum Kind {
    /** Only rises; exposed with the suffix {@code _total}. */
    COUNTER,
    GAUGE,
    /** Durations in buckets, with their number and sum. */
    HISTOGRAM,
    /** Always 1, the labels say it all; exposed with the suffix {@code _info}. */
    INFO,
    /** A count and a sum, exposed with the suffixes {@code _count} and {@code _sum}. */
    SUMMARY,
    /** One series a state, exactly one of them 1; a gauge where the format knows no state sets. */
    STATE_SET
  }

  static Family counter(String name, String help) {
    return new Family(Kind.COUNTER, metadata(name, help));
  }

  static Family gauge(String name, String help) {
    return new Family(Kind.GAUGE, metadata(name, help));
  }

  static Family histogram(String name, String help) {
    return new Family(Kind.HISTOGRAM, metadata(name, help));
  }

  static Family info(String name, String help) {
    return new Family(Kind.INFO, metadata(name, help));
  }

  static Family summary(String name, String help) {
    return new Family(Kind.SUMMARY, metadata(name, help));
  }

  static Family stateSet(String name, String help) {
    return new Family(Kind.STATE_SET, metadata(name, help));
  }

  /** OpenMetrics wants the unit said twice: as the end of the name and on a line of its own. */
  private static MetricMetadata metadata(String name, String help) {
    if (name.endsWith("_seconds")) {
      return new MetricMetadata(name, help, Unit.SECONDS);
    }
    if (name.endsWith("_bytes")) {
      return new MetricMetadata(name, help, Unit.BYTES);
    }
    return name.endsWith("_ratio")
        ? new MetricMetadata(name, help, Unit.RATIO)
        : new MetricMetadata(name, help);
  }
}
