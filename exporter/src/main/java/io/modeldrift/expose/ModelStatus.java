package io.modeldrift.expose;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.WindowReport;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ModelSnapshot.Learning;
import io.modeldrift.observe.ModelSnapshot.Ready;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One model version in the status document.
 *
 * @param stage {@code learning} or {@code ready}
 * @param rows observed since the start
 * @param lastInference absent if there was none
 * @param groundTruth absent if no prediction had an id and no outcome came
 * @param attributions by window; empty unless traffic brings enough of them
 * @param comparedWith versions in charge that it is compared with
 * @param windows empty until the model was evaluated
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ModelStatus(
    String model,
    String version,
    String stage,
    long rows,
    Optional<Instant> lastInference,
    Optional<Progress> learning,
    Optional<BaselineFacts> baseline,
    Optional<TruthStatus> groundTruth,
    List<AttributionStatus> attributions,
    List<VersionStatus> comparedWith,
    List<WindowStatus> windows) {

  /** How many rows were learned, of how many. */
  record Progress(long learned, long target) {}

  /** Which baseline is in force. */
  record BaselineFacts(String id, String source, long rows, Instant created, Instant loaded) {}

  /**
   * One window of the model.
   *
   * @param coveredSeconds how much of its span lies after the start of counting
   * @param state the worst of its inputs, outputs and derived columns
   * @param families inputs, outputs and derived columns, each together
   */
  record WindowStatus(
      String window,
      double coveredSeconds,
      long rows,
      String state,
      List<FamilyStatus> families,
      List<ColumnStatus> columns) {

    static WindowStatus of(WindowReport report) {
      return new WindowStatus(
          report.window().name(),
          report.covered().toMillis() / 1000.0,
          report.rows(),
          report.state().label(),
          report.families().stream().map(FamilyStatus::of).toList(),
          report.columns().stream().map(ColumnStatus::of).toList());
    }
  }

  static ModelStatus of(ModelSnapshot model, ExposedState state) {
    DriftReport report = state.report();
    return new ModelStatus(
        model.model().name(),
        model.model().version(),
        model instanceof Ready ? "ready" : "learning",
        model.facts().rows(),
        Optional.of(model.facts().lastSeen()).filter(time -> time.isAfter(Instant.EPOCH)),
        progress(model),
        baseline(model),
        TruthStatus.of(model.model(), state.truths(), state.truthReport()),
        AttributionStatus.of(model.model(), state.attributions(), report),
        VersionStatus.of(model.model(), state.versions(), state.versionReports()),
        windows(model, report));
  }

  private static Optional<Progress> progress(ModelSnapshot model) {
    return model instanceof Learning learning
        ? Optional.of(new Progress(learning.learned(), learning.target()))
        : Optional.empty();
  }

  private static Optional<BaselineFacts> baseline(ModelSnapshot model) {
    return model instanceof Ready ready
        ? Optional.of(
            new BaselineFacts(
                ready.baseline().id(),
                ready.baseline().source(),
                ready.baseline().rows(),
                ready.baseline().created(),
                ready.loaded()))
        : Optional.empty();
  }

  private static List<WindowStatus> windows(ModelSnapshot model, DriftReport report) {
    return report
        .model(model.model())
        .filter(ModelReport.Compared.class::isInstance)
        .map(ModelReport.Compared.class::cast)
        .map(compared -> compared.windows().stream().map(WindowStatus::of).toList())
        .orElse(List.of());
  }
}
