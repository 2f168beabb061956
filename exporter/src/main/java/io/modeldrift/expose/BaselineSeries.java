package io.modeldrift.expose;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.observe.ViolationReason;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything about a baseline's series that does not change while it is in force: the labels of its
 * counters and its gauges.
 *
 * <p>Made once per baseline, because a scrape of thousands of series must not build as many label
 * sets again. Immutable and thread-safe.
 */
final class BaselineSeries {

  private static final Family VALUES =
      Family.gauge(
          "model_feature_baseline_values",
          "Rows of the baseline in the bin. Lower and upper show the bin's edges.");
  private static final Family STEP =
      Family.gauge(
          "model_feature_bin_step",
          "Distance from this bin's typical value to the next one's, in standard deviations of the"
              + " baseline.");
  private static final Family ROWS =
      Family.gauge("model_baseline_rows", "Rows that the baseline was made from.");
  private static final Family INFO =
      Family.info("model_baseline", "Which baseline is in force and what it was made from.");
  private static final Family CREATED =
      Family.gauge(
          "model_baseline_created_timestamp_seconds",
          "When the baseline was made, in seconds since the epoch.");

  /** A bin of a column and the labels of its counter. */
  record Bin(Labels labels, int column, int bin) {}

  /** A rule for a column and the labels of its counter. */
  record Rule(Labels labels, int column, ViolationReason reason) {}

  private final Baseline baseline;
  private final Labels model;
  private final List<Labels> columns = new ArrayList<>();
  private final List<Bin> bins = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final SeriesBuffer gauges = new SeriesBuffer();

  BaselineSeries(Baseline baseline, Labels model) {
    this.baseline = baseline;
    this.model = model;
    gauges.gauge(ROWS, model, baseline.rows());
    gauges.timestamp(CREATED, model, baseline.created());
    gauges.info(
        INFO,
        model.merge(
            Labels.of(
                "baseline_id", LabelValue.of(baseline.id()),
                "source", LabelValue.of(baseline.source()))));
    for (int column = 0; column < baseline.columns().size(); column++) {
      add(column, baseline.columns().get(column));
    }
    // The library sorts series by labels at every scrape; sorted ones cost it next to nothing.
    bins.sort(Comparator.comparing(Bin::labels));
    rules.sort(Comparator.comparing(Rule::labels));
  }

  /** Returns whether these series describe this very baseline; comparing contents is too slow. */
  @SuppressWarnings("ReferenceEquality")
  boolean describe(Baseline other) {
    return baseline == other;
  }

  /** Returns the labels {@code model} and {@code version}. */
  Labels model() {
    return model;
  }

  /** Returns the labels of a column: those of the model, {@code feature} and {@code role}. */
  Labels column(int column) {
    return columns.get(column);
  }

  /** Returns all bins of all columns, special ones included. */
  List<Bin> bins() {
    return bins;
  }

  /** Returns every rule that a value can violate, for all columns. */
  List<Rule> rules() {
    return rules;
  }

  /** Returns the gauges; the same at every call. */
  SeriesBuffer gauges() {
    return gauges;
  }

  private void add(int index, BaselineColumn column) {
    Labels labels =
        model.merge(
            Labels.of("feature", LabelValue.of(column.name()), "role", column.role().label()));
    columns.add(labels);
    for (int bin = 0; bin < column.layout().bins(); bin++) {
      Labels binLabels = labels.add("bin", LabelValue.of(column.layout().name(bin)));
      bins.add(new Bin(binLabels, index, bin));
      gauges.gauge(VALUES, withEdges(binLabels, column.layout(), bin), column.counts().count(bin));
    }
    for (ViolationReason reason : ViolationReason.values()) {
      rules.add(new Rule(labels.add("reason", reason.label()), index, reason));
    }
    double[] steps = BinSteps.of(column);
    for (int bin = 0; bin < steps.length; bin++) {
      gauges.gauge(STEP, labels.add("bin", column.layout().name(bin)), steps[bin]);
    }
  }

  /** Bins without edges get none; an empty label is an absent one. */
  private static Labels withEdges(Labels labels, BinLayout layout, int bin) {
    if (layout instanceof NumericLayout numeric && bin < numeric.valueBins()) {
      return labels.merge(
          Labels.of(
              "lower", edge(numeric.lower(bin)),
              "upper", edge(numeric.upper(bin))));
    }
    return labels;
  }

  private static String edge(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Numbers.shortest(value);
  }
}
