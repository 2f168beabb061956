package io.modeldrift.expose.page;

import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.evaluate.TruthReport.Performance;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.statistics.Estimate;
import io.modeldrift.statistics.PerformanceMetric;
import io.modeldrift.truth.JoinCounts;
import io.modeldrift.truth.PredictionOutcome;
import io.modeldrift.truth.TruthSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How good the predictions of one model were, in a few lines; nothing without ground truth. */
final class TruthSection {

  private static final List<PerformanceMetric> SHOWN =
      List.of(
          PerformanceMetric.ACCURACY,
          PerformanceMetric.F1,
          PerformanceMetric.F1_MACRO,
          PerformanceMetric.ROC_AUC,
          PerformanceMetric.ECE,
          PerformanceMetric.MAE,
          PerformanceMetric.RMSE,
          PerformanceMetric.R2);
  private static final int MOST_METRICS = 4;
  private static final int MOST_SEGMENTS = 12;

  private final Html html;
  private final PageData data;
  private final String windowName;

  TruthSection(Html html, PageData data, String windowName) {
    this.html = html;
    this.data = data;
    this.windowName = windowName;
  }

  void write(ModelKey model) {
    Optional<TruthSnapshot> truth =
        data.truths().stream().filter(snapshot -> snapshot.model().equals(model)).findFirst();
    if (truth.isEmpty() || truth.get().joins().truths() == 0) {
      return;
    }
    JoinCounts joins = truth.get().joins();
    html.open("p", "class", "facts").element("b", "Ground truth: ");
    html.text(
        Format.count(joins.truths(), "outcome")
            + ", "
            + Format.count(joins.count(PredictionOutcome.MATCHED))
            + " joined to predictions, "
            + Format.count(joins.waitingPredictions(), "prediction")
            + " waiting");
    html.close("p");
    data.truth()
        .model(model)
        .flatMap(
            report ->
                report.windows().stream()
                    .filter(window -> window.window().name().equals(windowName))
                    .findFirst())
        .ifPresent(this::writeWindow);
  }

  private void writeWindow(TruthReport.InWindow window) {
    Performance all = window.segments().get(TruthSnapshot.ALL);
    if (all == null || all.rows() == 0) {
      return;
    }
    List<PerformanceMetric> metrics =
        SHOWN.stream().filter(all.metrics()::containsKey).limit(MOST_METRICS).toList();
    List<String> head = new ArrayList<>(List.of("last " + windowName, "outcomes"));
    metrics.forEach(metric -> head.add(metric.label().replace('_', ' ')));
    html.open("table", "class", "truth");
    Tables.head(html, head.toArray(new String[0]));
    int rows = 0;
    for (Map.Entry<String, Performance> segment : window.segments().entrySet()) {
      if (rows++ < MOST_SEGMENTS && segment.getValue().rows() > 0) {
        writeRow(segment.getKey(), segment.getValue(), metrics);
      }
    }
    html.close("table");
  }

  private void writeRow(String segment, Performance performance, List<PerformanceMetric> metrics) {
    List<String> cells = new ArrayList<>(List.of(Format.count(performance.rows())));
    for (PerformanceMetric metric : metrics) {
      cells.add(text(performance.metrics().get(metric)));
    }
    Tables.row(html, segment, cells.toArray(new String[0]));
  }

  private static String text(@Nullable Estimate estimate) {
    if (estimate == null || estimate.value().asOptional().isEmpty()) {
      return "–";
    }
    String value = Format.score(estimate.value().asOptional().getAsDouble());
    return estimate.standardError().asOptional().isPresent()
        ? value + " ± " + Format.score(estimate.standardError().asOptional().getAsDouble())
        : value;
  }
}
