package io.modeldrift.expose;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldrift.evaluate.AttributionReport;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.AttributionSnapshot;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the status document says about the attributions of a model in one window.
 *
 * @param rows attributed rows, at least 100
 * @param ndcg 1 while features matter in the order of their importance
 * @param distance part of all attribution that lies on other features
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record AttributionStatus(String window, long rows, OptionalDouble ndcg, OptionalDouble distance) {

  static List<AttributionStatus> of(
      ModelKey model, List<AttributionSnapshot> snapshots, DriftReport report) {
    return reports(model, snapshots, report).stream()
        .map(
            window ->
                new AttributionStatus(
                    window.window().name(),
                    window.rows(),
                    window.drift().ndcg().asOptional(),
                    window.drift().shareDistance().asOptional()))
        .toList();
  }

  private static List<AttributionReport> reports(
      ModelKey model, List<AttributionSnapshot> snapshots, DriftReport report) {
    return report.model(model).orElse(null) instanceof ModelReport.Compared compared
        ? snapshots.stream()
            .filter(snapshot -> snapshot.model().equals(model))
            .flatMap(snapshot -> AttributionReport.of(compared, snapshot).stream())
            .toList()
        : List.of();
  }
}
