package io.modeldrift.expose.page;

import io.modeldrift.evaluate.AttributionReport;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.AgreementCounts;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.statistics.SequentialDifference;
import java.util.ArrayList;
import java.util.List;

/** How a model does beside the version in charge, and what its predictions owe to the inputs. */
final class BesideSection {

  private final Html html;
  private final PageData data;
  private final String windowName;

  BesideSection(Html html, PageData data, String windowName) {
    this.html = html;
    this.data = data;
    this.windowName = windowName;
  }

  void writeVersions(ModelKey model) {
    for (VersionSnapshot snapshot : data.versions()) {
      if (snapshot.pair().challenger().equals(model)) {
        List<String> facts = new ArrayList<>();
        snapshot.columns().forEach(column -> addAgreement(facts, snapshot, column.name()));
        data.versionReports().stream()
            .filter(report -> report.pair().equals(snapshot.pair()))
            .forEach(report -> addPerformance(facts, report));
        write(
            "Beside " + snapshot.pair().champion() + ": ",
            facts.isEmpty() ? "nothing to compare yet" : String.join(", ", facts));
      }
    }
  }

  private static void addAgreement(List<String> facts, VersionSnapshot snapshot, String output) {
    AgreementCounts counts = snapshot.agreement().get(output);
    if (counts != null && counts.pairs() > 0) {
      double share = (double) counts.agreeing() / counts.pairs();
      facts.add(
          output
              + " agrees in "
              + Format.percent(share)
              + " of "
              + Format.count(counts.pairs(), "request"));
    }
  }

  /** The champion stands first in the formula; a reader wants to know what this version gains. */
  private static void addPerformance(List<String> facts, VersionReport report) {
    report
        .performance()
        .forEach((metric, look) -> facts.add(metric.label() + " " + interval(look)));
  }

  private static String interval(SequentialDifference look) {
    return signed(-look.difference())
        + " ("
        + signed(-look.upper())
        + " to "
        + signed(-look.lower())
        + ")";
  }

  private static String signed(double value) {
    return (value < 0 ? "−" : "+") + Format.score(Math.abs(value));
  }

  void writeAttributions(ModelReport.Compared model) {
    data.attributions().stream()
        .filter(snapshot -> snapshot.model().equals(model.model()))
        .flatMap(snapshot -> AttributionReport.of(model, snapshot).stream())
        .filter(report -> report.window().name().equals(windowName))
        .forEach(this::writeAttributions);
  }

  private void writeAttributions(AttributionReport report) {
    List<String> facts = new ArrayList<>();
    report
        .drift()
        .ndcg()
        .asOptional()
        .ifPresent(value -> facts.add("order of features kept to " + Format.score(value)));
    report
        .drift()
        .shareDistance()
        .asOptional()
        .ifPresent(value -> facts.add(Format.percent(value) + " moved to other features"));
    facts.add(Format.count(report.rows(), "row"));
    write("Attributions: ", String.join(", ", facts));
  }

  private void write(String title, String facts) {
    html.open("p", "class", "facts").element("b", title).text(facts).close("p");
  }
}
