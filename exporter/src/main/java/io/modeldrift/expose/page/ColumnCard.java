package io.modeldrift.expose.page;

import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.evaluate.ColumnReport;
import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.MeasureScore;
import io.modeldrift.observe.ViolationReason;
import io.modeldrift.statistics.Contribution;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.statistics.ShareCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One column: its state in words, its score between its thresholds, and its picture. */
final class ColumnCard {

  /** More than a few arrows point at nothing. */
  private static final int MOVED_BINS = 3;

  private final Html html;
  private final ColumnReport report;
  private final BinShares shares;
  private final List<Contribution> moved;

  private ColumnCard(Html html, ColumnReport report) {
    this.html = html;
    this.report = report;
    this.shares = new BinShares(report.reference().column(), report.current());
    this.moved =
        report.verdict().state().isAtLeast(DriftState.WARNING)
            ? shares.moved(MOVED_BINS)
            : List.of();
  }

  static void write(Html html, ColumnReport report) {
    new ColumnCard(html, report).write();
  }

  private void write() {
    DriftState state = report.verdict().state();
    html.open("article", "class", "column " + Badge.style(state));
    writeHead(state);
    if (report.verdict() instanceof ColumnVerdict.Scored scored) {
      writeScore(scored);
    } else if (report.verdict() instanceof ColumnVerdict.Insufficient insufficient) {
      html.element("p", Words.reason(insufficient, report.rows()), "class", "why");
    }
    writeQuality();
    if (shares.isComparable()) {
      writeChart();
      writeNumbers();
    }
    html.close("article");
  }

  private void writeHead(DriftState state) {
    html.open("header");
    html.open("h3").text(report.name());
    html.element("span", report.role().label(), "class", "role").close("h3");
    Badge.write(html, state);
    html.close("header");
  }

  private void writeScore(ColumnVerdict.Scored scored) {
    MeasureScore score = scored.verdict();
    html.open("p", "class", "score");
    html.element("strong", Words.measure(score.measure()) + " " + Format.score(score.driftScore()));
    html.element("span", Format.count(report.rows(), "row"), "class", "rows").close("p");
    if (score.warningThreshold().isPresent() && score.driftedThreshold().isPresent()) {
      writeMeter(
          score, score.warningThreshold().getAsDouble(), score.driftedThreshold().getAsDouble());
    }
    writePending(scored);
    writeMoves();
  }

  private void writeMeter(MeasureScore score, double warning, double drifted) {
    String thresholds =
        "warning above " + Format.score(warning) + ", drifted above " + Format.score(drifted);
    ScoreMeter.write(html, score.driftScore(), warning, drifted, thresholds);
    html.element("p", thresholds, "class", "thresholds");
  }

  /** States change only on repeated evidence; until then say what the newest evidence is. */
  private void writePending(ColumnVerdict.Scored scored) {
    if (scored.level() != scored.state()) {
      html.element(
          "p",
          "The newest evaluation alone says "
              + Words.state(scored.level())
              + "; the state follows if the next ones agree.",
          "class",
          "why");
    }
  }

  private void writeMoves() {
    if (moved.isEmpty()) {
      return;
    }
    html.open("ul", "class", "moves");
    for (Contribution move : moved) {
      html.open("li").element("span", move.rising() ? "▲" : "▼", "class", "mark");
      html.element("b", shares.name(move.bin()));
      html.text(
          (move.rising() ? " rose from " : " fell from ")
              + Format.percent(shares.before(move.bin()))
              + " to "
              + Format.percent(shares.now(move.bin())));
      html.close("li");
    }
    html.close("ul");
  }

  private void writeQuality() {
    if (report.quality().empty()) {
      html.element("p", "Every value in the window is missing.", "class", "quality");
    } else if (report.quality().constant()) {
      html.element("p", "Every value in the window is the same.", "class", "quality");
    }
    for (Map.Entry<ViolationReason, ShareCheck> check : report.quality().shares().entrySet()) {
      if (check.getValue().violated()) {
        html.element(
            "p",
            Words.sentence(check.getKey().label())
                + ": "
                + Format.percent(check.getValue().share())
                + " of the values, surely more than in the baseline.",
            "class",
            "quality");
      }
    }
  }

  private void writeChart() {
    Set<Integer> bins = moved.stream().map(Contribution::bin).collect(Collectors.toSet());
    if (shares.column().layout() instanceof NumericLayout numeric) {
      NumericChart.write(html, shares, numeric, bins);
    } else if (shares.column().layout() instanceof CategoricalLayout categorical) {
      CategoryChart.write(html, shares, categorical, bins);
    }
  }

  private void writeNumbers() {
    html.open("details").element("summary", "All numbers");
    if (report.verdict() instanceof ColumnVerdict.Scored scored) {
      writeMeasures(scored);
    }
    writeBins();
    html.close("details");
  }

  private void writeMeasures(ColumnVerdict.Scored scored) {
    html.open("table");
    Tables.head(html, "measure", "score", "warning above", "drifted above");
    for (MeasureScore score : scored.scores()) {
      Tables.row(
          html,
          Words.measure(score.measure()),
          Format.score(score.driftScore()),
          Tables.score(score.warningThreshold()),
          Tables.score(score.driftedThreshold()));
    }
    html.close("table");
  }

  private void writeBins() {
    html.open("table");
    Tables.head(html, "bin", "baseline", "now", "rows now");
    for (int bin = 0; bin < shares.bins(); bin++) {
      if (!shares.isEmpty(bin)) {
        Tables.row(
            html,
            shares.name(bin),
            Format.percent(shares.before(bin)),
            Format.percent(shares.now(bin)),
            Format.count(shares.current().count(bin)));
      }
    }
    html.close("table");
  }
}
