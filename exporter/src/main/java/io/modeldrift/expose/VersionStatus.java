package io.modeldrift.expose;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.AgreementCounts;
import io.modeldrift.observe.VersionPair;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.statistics.SequentialDifference;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the status document says about a version beside the one in charge.
 *
 * @param model name of the model in charge
 * @param version its version
 * @param agreement share of the same requests with the same output, by output; only where there
 *     were any
 * @param states how far outputs lie apart, by window and output
 * @param performance this version's less that of the one in charge, by metric
 */
record VersionStatus(
    String model,
    String version,
    Map<String, Double> agreement,
    Map<String, Map<String, String>> states,
    Map<String, Difference> performance) {

  /** A difference with the interval that may be read at any time. */
  record Difference(double value, double lower, double upper, double pValue) {}

  /** Returns the comparisons in which a model is the challenger. */
  static List<VersionStatus> of(
      ModelKey challenger, List<VersionSnapshot> snapshots, List<VersionReport> reports) {
    return snapshots.stream()
        .filter(snapshot -> snapshot.pair().challenger().equals(challenger))
        .map(snapshot -> of(snapshot, reports))
        .toList();
  }

  private static VersionStatus of(VersionSnapshot snapshot, List<VersionReport> reports) {
    VersionPair pair = snapshot.pair();
    Map<String, Map<String, String>> states = new TreeMap<>();
    Map<String, Difference> performance = new TreeMap<>();
    for (VersionReport report : reports) {
      if (report.pair().equals(pair)) {
        report.windows().forEach(window -> states.put(window.window().name(), states(window)));
        report
            .performance()
            .forEach((metric, look) -> performance.put(metric.label(), difference(look)));
      }
    }
    return new VersionStatus(
        pair.champion().name(),
        pair.champion().version(),
        agreement(snapshot),
        states,
        performance);
  }

  private static Map<String, Double> agreement(VersionSnapshot snapshot) {
    Map<String, Double> agreement = new TreeMap<>();
    for (BaselineColumn column : snapshot.columns()) {
      AgreementCounts counts = snapshot.agreement().get(column.name());
      if (counts != null && counts.pairs() > 0) {
        agreement.put(column.name(), (double) counts.agreeing() / counts.pairs());
      }
    }
    return agreement;
  }

  /** The look is the champion's less the challenger's. */
  private static Difference difference(SequentialDifference look) {
    return new Difference(-look.difference(), -look.upper(), -look.lower(), look.pValue());
  }

  private static Map<String, String> states(VersionReport.InWindow window) {
    Map<String, String> states = new TreeMap<>();
    window.outputs().forEach(output -> states.put(output.name(), output.verdict().state().label()));
    return states;
  }
}
