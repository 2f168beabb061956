package io.modeldrift.expose.page;

import io.modeldrift.evaluate.ColumnReport;
import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.WindowReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ModelSnapshot.Learning;
import io.modeldrift.observe.ModelSnapshot.Ready;
import io.modeldrift.statistics.DriftState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One model version: its state in every window, then its columns, the worst first. */
final class ModelSection {

  private static final int CARDS = 8;
  private static final double PERCENT = 100;

  private final Html html;
  private final PageData data;
  private final PageChoice choice;
  private final String windowName;
  private final BesideSection beside;

  ModelSection(Html html, PageData data, PageChoice choice, String windowName) {
    this.html = html;
    this.data = data;
    this.choice = choice;
    this.windowName = windowName;
    this.beside = new BesideSection(html, data, windowName);
  }

  void write(ModelSnapshot model) {
    html.open("section", "class", "model");
    if (model instanceof Learning learning) {
      writeLearning(learning);
    } else if (model instanceof Ready ready) {
      writeReady(ready);
    }
    beside.writeVersions(model.model());
    html.close("section");
  }

  private void writeLearning(Learning learning) {
    writeTitle(learning.model());
    Badge.writeLearning(html);
    html.close("header");
    double done = Math.min(1, (double) learning.learned() / Math.max(1, learning.target()));
    html.open(
        "svg",
        "class",
        "progress",
        "viewBox",
        "0 0 100 2",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        Format.percent(done) + " learned");
    html.empty("rect", "class", "track", "width", 100, "height", 2);
    html.empty("rect", "class", "done", "width", PERCENT * done, "height", 2);
    html.close("svg");
    html.element(
        "p",
        "Learning a baseline from the first rows: "
            + Format.count(learning.learned())
            + " of "
            + Format.count(learning.target())
            + ". Until then there is nothing to compare with, so there are no scores.",
        "class",
        "facts");
  }

  private void writeReady(Ready ready) {
    Optional<ModelReport.Compared> compared = report(ready.model());
    Optional<WindowReport> window = compared.flatMap(report -> report.window(windowName));
    writeTitle(ready.model());
    Badge.write(
        html,
        window.map(WindowReport::state).orElse(DriftState.INSUFFICIENT),
        window.map(report -> Words.state(report.state())).orElse("not evaluated yet"));
    html.close("header");
    compared.ifPresent(this::writeWindows);
    writeFacts(ready, window);
    new TruthSection(html, data, windowName).write(ready.model());
    compared.ifPresent(beside::writeAttributions);
    window.ifPresent(report -> writeColumns(ready.model(), report));
  }

  private Optional<ModelReport.Compared> report(ModelKey model) {
    return data.report()
        .model(model)
        .filter(ModelReport.Compared.class::isInstance)
        .map(ModelReport.Compared.class::cast);
  }

  private void writeTitle(ModelKey model) {
    html.open("header").open("h2");
    html.element("a", model.name(), "href", choice.withModel(Optional.of(model)).address());
    if (!model.version().equals(ModelKey.UNVERSIONED)) {
      html.element("span", "version " + model.version(), "class", "version");
    }
    html.close("h2");
  }

  private void writeWindows(ModelReport.Compared compared) {
    html.open("ul", "class", "windows");
    for (WindowReport window : compared.windows()) {
      String name = window.window().name();
      html.open("li", "class", name.equals(windowName) ? "chosen" : "");
      html.element("span", "last " + name, "class", "span");
      Badge.write(html, window.state());
      html.close("li");
    }
    html.close("ul");
  }

  private void writeFacts(Ready ready, Optional<WindowReport> window) {
    html.open("p", "class", "facts");
    window.ifPresent(
        report ->
            html.element("b", Format.count(report.rows(), "row"))
                .text(" in the last " + windowName + covered(report) + " · "));
    html.text(Format.count(ready.facts().rows()) + " since the start");
    if (ready.facts().rows() > 0) {
      Duration age = Duration.between(ready.facts().lastSeen(), data.now());
      html.text(" · newest " + Format.duration(age) + " ago");
    }
    html.empty("br").text("Baseline: " + Format.count(ready.baseline().rows(), "row") + " from ");
    html.element("span", ready.baseline().source(), "class", "source");
    html.text(", made " + Format.time(ready.baseline().created())).close("p");
  }

  /** A window that is not full yet says so: its numbers will still change by filling up. */
  private static String covered(WindowReport report) {
    Duration span = report.window().span();
    Duration fullEnough = span.minusMillis(report.window().paneMillis());
    return report.covered().compareTo(fullEnough) < 0
        ? " (" + Format.duration(report.covered()) + " so far)"
        : "";
  }

  private void writeColumns(ModelKey model, WindowReport window) {
    List<ColumnReport> columns =
        window.columns().stream()
            .sorted(Comparator.comparingDouble(ModelSection::urgency).reversed())
            .toList();
    int cards = choice.model().isPresent() ? columns.size() : Math.min(CARDS, columns.size());
    writeLegend(columns);
    html.open("div", "class", "columns");
    columns.subList(0, cards).forEach(column -> ColumnCard.write(html, column));
    html.close("div");
    if (cards < columns.size()) {
      writeRest(model, columns.subList(cards, columns.size()));
    }
  }

  private void writeLegend(List<ColumnReport> columns) {
    html.open("p", "class", "legend");
    html.element("span", count(columns), "class", "tally");
    writeKey("before", "baseline");
    writeKey("now", "last " + windowName);
    writeKey("moved", "moved most");
    html.close("p");
  }

  private void writeKey(String name, String words) {
    html.open("span", "class", "key").open("span", "class", "swatch " + name).close("span");
    html.text(words).close("span");
  }

  private static String count(List<ColumnReport> columns) {
    Map<DriftState, Long> states =
        columns.stream()
            .collect(Collectors.groupingBy(c -> c.verdict().state(), Collectors.counting()));
    return Stream.of(
            DriftState.DRIFTED, DriftState.WARNING, DriftState.STABLE, DriftState.INSUFFICIENT)
        .filter(states::containsKey)
        .map(state -> Format.count(states.getOrDefault(state, 0L)) + " " + Words.counted(state))
        .collect(Collectors.joining(", ", Format.count(columns.size(), "column") + ": ", ""));
  }

  private void writeRest(ModelKey model, List<ColumnReport> rest) {
    html.open("details", "class", "rest");
    html.element("summary", Format.count(rest.size(), "more column"));
    html.open("p")
        .element(
            "a", "Show all with pictures", "href", choice.withModel(Optional.of(model)).address());
    html.close("p").open("table");
    Tables.head(html, "column", "state", "drift score", "drifted above", "rows");
    for (ColumnReport column : rest) {
      writeRow(column);
    }
    html.close("table").close("details");
  }

  private void writeRow(ColumnReport column) {
    String score = "–";
    String threshold = "–";
    if (column.verdict() instanceof ColumnVerdict.Scored scored) {
      score = Format.score(scored.verdict().driftScore());
      threshold = Tables.score(scored.verdict().driftedThreshold());
    }
    Tables.row(
        html,
        column.name(),
        Words.state(column.verdict().state()),
        score,
        threshold,
        Format.count(column.rows()));
  }

  /** Worse states first, then bad values, then the score in units of its threshold. */
  private static double urgency(ColumnReport column) {
    double urgency = 100.0 * column.verdict().state().number();
    boolean badValues =
        column.quality().empty()
            || column.quality().constant()
            || column.quality().shares().values().stream().anyMatch(check -> check.violated());
    if (badValues) {
      urgency += 50;
    }
    if (column.verdict() instanceof ColumnVerdict.Scored scored) {
      double threshold = scored.verdict().driftedThreshold().orElse(1);
      urgency += Math.min(49, scored.verdict().driftScore() / threshold);
    }
    return urgency;
  }
}
