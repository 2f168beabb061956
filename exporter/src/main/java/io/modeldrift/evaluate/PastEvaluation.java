package io.modeldrift.evaluate;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.evaluate.ColumnAssessment.NotScorable;
import io.modeldrift.evaluate.ColumnAssessment.Scorable;
import io.modeldrift.observe.Window;
import io.modeldrift.observe.WindowSnapshot;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.ThresholdQuantiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a window with the same window some spans ago: 1 for the previous one, 168 for an hour
 * and the same hour of last week.
 *
 * <p>Once per span of the window, at its first evaluation, the full window is compared with what
 * was kept {@code spans} ago and kept in its place. After a gap there is nothing to compare with.
 *
 * <p>Not thread-safe. Memory: the counts of {@code spans} windows and one more.
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
  private @Nullable Kept before;
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
    Kept earlier = kept.remove(Math.floorMod(span, spans));
    before = null;
    if (snapshot.covered().compareTo(snapshot.window().span()) < 0) {
      return Optional.empty();
    }
    kept.put(Math.floorMod(span, spans), new Kept(span, snapshot.columns()));
    if (earlier == null || earlier.span() != span - spans) {
      return Optional.empty();
    }
    before = earlier;
    return Optional.of(new PastReport(against, verdicts(earlier.columns(), snapshot.columns())));
  }

  Saved saved() {
    return new Saved(
        against, spans, lastSpan, List.copyOf(kept.values()), Optional.ofNullable(before));
  }

  /** Goes on where another one stood, if it compared with the same and its bins still fit. */
  void restore(Saved saved) {
    if (saved.against() != against || saved.spans() != spans || !saved.fits(references)) {
      return;
    }
    lastSpan = saved.lastSpan();
    saved.kept().forEach(window -> kept.put(Math.floorMod(window.span(), spans), window));
    Kept now = kept.get(Math.floorMod(lastSpan, spans));
    before = saved.before().orElse(null);
    if (before != null && now != null) {
      latest = Optional.of(new PastReport(against, verdicts(before.columns(), now.columns())));
    }
  }

  /** What is kept over a restart. */
  record Saved(
      PastReport.Against against,
      long spans,
      long lastSpan,
      List<Kept> kept,
      Optional<Kept> before) {

    void save(StateOutput out) {
      out.text(against.label());
      out.number(spans);
      out.number(lastSpan);
      out.number(kept.size());
      kept.forEach(window -> window.save(out));
      out.flag(before.isPresent());
      before.ifPresent(window -> window.save(out));
    }

    static Saved restore(StateInput in) throws SnapshotException {
      String label = in.text();
      PastReport.Against against =
          label.equals(PastReport.Against.PREVIOUS.label())
              ? PastReport.Against.PREVIOUS
              : PastReport.Against.SEASON;
      long spans = in.number(1, MOST_SPANS);
      long lastSpan = in.number();
      List<Kept> kept = new ArrayList<>();
      int count = in.size((int) MOST_SPANS);
      for (int i = 0; i < count; i++) {
        kept.add(Kept.restore(in));
      }
      Optional<Kept> before = in.flag() ? Optional.of(Kept.restore(in)) : Optional.empty();
      return new Saved(against, spans, lastSpan, kept, before);
    }

    boolean fits(List<ColumnReference> references) {
      return kept.stream().allMatch(window -> window.fits(references))
          && before.stream().allMatch(window -> window.fits(references));
    }
  }

  /** A full window of the past. */
  record Kept(long span, List<BinnedCounts> columns) {

    private static final int MAX_COLUMNS = 100_000;
    private static final int MAX_BINS = 10_000;

    private void save(StateOutput out) {
      out.number(span);
      out.number(columns.size());
      for (BinnedCounts column : columns) {
        out.numbers(column.toArray());
        out.reals(column.sums());
      }
    }

    private static Kept restore(StateInput in) throws SnapshotException {
      long span = in.number();
      List<BinnedCounts> columns = new ArrayList<>();
      int count = in.size(MAX_COLUMNS);
      for (int i = 0; i < count; i++) {
        long[] counts = new long[in.size(MAX_BINS)];
        for (int bin = 0; bin < counts.length; bin++) {
          counts[bin] = in.count();
        }
        double[] sums = new double[in.size(counts.length)];
        for (int bin = 0; bin < sums.length; bin++) {
          sums[bin] = in.real(); // infinite where values are enormous, as in the window itself
        }
        if (sums.length != 0 && sums.length != counts.length) {
          throw new SnapshotException(sums.length + " sums for " + counts.length + " bins");
        }
        columns.add(BinnedCounts.of(counts, sums));
      }
      return new Kept(span, columns);
    }

    private boolean fits(List<ColumnReference> references) {
      boolean fits = columns.size() == references.size();
      for (int i = 0; fits && i < columns.size(); i++) {
        fits = columns.get(i).bins() == references.get(i).column().counts().bins();
      }
      return fits;
    }
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
}
