package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnAssessment.NotScorable;
import io.modeldrift.evaluate.ColumnAssessment.Scorable;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a window with the same window some spans ago: 1 for the previous one, 168 for an hour
 * and the same hour of last week.
 *
 * <p>Once per span of the window, at its first evaluation, the full window is compared with what
 * was kept {@code spans} ago and kept in its place. After a gap there is nothing to compare with.
 *
 * <p>Not thread-safe. Memory: the counts of {@code spans} windows.
 */
final class PastEvaluation {

  /** A week of hours fits, a week of five minutes would take a hundred megabytes. */
  private static final long MOST_SPANS = 400;

  private final PastReport.Against against;
  private final long spans;
  private final DriftSettings settings;
  private final List<ColumnReference> references;
  private final ThresholdQuantiles quantiles;
  private final Map<Long, Kept> kept = new HashMap<>();
  private long lastSpan = Long.MIN_VALUE;
  private Optional<PastReport> latest = Optional.empty();

  private PastEvaluation(
      PastReport.Against against,
      long spans,
      DriftSettings settings,
      List<ColumnReference> references,
      ThresholdQuantiles quantiles) {
    this.against = against;
    this.spans = spans;
    this.settings = settings;
    this.references = references;
    this.quantiles = quantiles;
  }

  /** Returns the comparisons with the past that the settings ask for and this window allows. */
  static List<PastEvaluation> of(
      Window window,
      DriftSettings settings,
      List<ColumnReference> references,
      ThresholdQuantiles quantiles) {
    List<PastEvaluation> wanted = new ArrayList<>();
    if (settings.past().previous()) {
      wanted.add(
          new PastEvaluation(PastReport.Against.PREVIOUS, 1, settings, references, quantiles));
    }
    long inSeason = settings.past().season().map(season -> spansIn(season, window)).orElse(0L);
    if (inSeason > 1 && inSeason <= MOST_SPANS) {
      wanted.add(
          new PastEvaluation(PastReport.Against.SEASON, inSeason, settings, references, quantiles));
    }
    return wanted;
  }

  /** Returns the latest comparison; nothing as long as there was none, or after a gap. */
  Optional<PastReport> evaluate(WindowSnapshot snapshot) {
    long span = Math.floorDiv(snapshot.pane(), (long) snapshot.window().panes());
    if (span != lastSpan) {
      lastSpan = span;
      latest = compare(span, snapshot);
    }
    return latest;
  }

  private Optional<PastReport> compare(long span, WindowSnapshot snapshot) {
    Kept before = kept.remove(Math.floorMod(span, spans));
    if (snapshot.covered().compareTo(snapshot.window().span()) < 0) {
      return Optional.empty();
    }
    kept.put(Math.floorMod(span, spans), new Kept(span, snapshot.columns()));
    return before != null && before.span == span - spans
        ? Optional.of(new PastReport(against, verdicts(before.columns, snapshot.columns())))
        : Optional.empty();
  }

  private List<ColumnVerdict> verdicts(List<BinnedCounts> before, List<BinnedCounts> now) {
    List<ColumnReference> past = new ArrayList<>(references.size());
    for (int i = 0; i < references.size(); i++) {
      past.add(references.get(i).withCounts(before.get(i)));
    }
    Judgement judgement = new Judgement(past, now, settings);
    List<ColumnVerdict> verdicts = new ArrayList<>(past.size());
    for (int i = 0; i < past.size(); i++) {
      verdicts.add(verdict(judgement, i));
    }
    return verdicts;
  }

  private ColumnVerdict verdict(Judgement judgement, int column) {
    if (judgement.assessment(column) instanceof NotScorable insufficient) {
      return insufficient.verdict();
    }
    ColumnScores scores = ((Scorable) judgement.assessment(column)).scores();
    FamilyLevels levels = judgement.levels(column);
    return scores.verdict(scores.level(levels), levels, quantiles, settings.contributions());
  }

  private static long spansIn(Duration season, Window window) {
    return season.toMillis() % window.span().toMillis() == 0
        ? season.toMillis() / window.span().toMillis()
        : 0;
  }

  private record Kept(long span, List<BinnedCounts> columns) {}
}
