package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one model version over the bins of the baseline in force.
 *
 * <p>Not thread-safe: the model's lock guards it.
 */
final class ComparedModel {

  private static final int MAX_SAVED_COLUMNS = 100_000;

  private final Baseline baseline;
  private final List<Window> windows;
  private final Map<String, ColumnRules> rules;
  private final Instant[] since;
  private Instant loaded;
  private final List<ColumnObserver> columns = new ArrayList<>();
  private final Set<String> knownInputs = new HashSet<>();
  private final Set<String> knownOutputs = new HashSet<>();
  private final ColumnCounts rows;
  private final PaneClock clock;
  private final @Nullable ColumnObserver outlierScore;
  private final List<DerivedObserver> derived = new ArrayList<>();
  private double[] scores = {};

  ComparedModel(
      Baseline baseline, Map<String, ColumnRules> rules, List<Window> windows, Instant now) {
    this.baseline = baseline;
    this.windows = windows;
    this.rules = rules;
    this.loaded = now;
    this.since = new Instant[windows.size()];
    Arrays.fill(since, now);
    this.rows = new ColumnCounts(1, windows);
    this.clock = new PaneClock(windows, now.toEpochMilli());
    for (BaselineColumn column : baseline.columns()) {
      ColumnRules columnRules = rules.getOrDefault(column.name(), ColumnRules.none());
      ColumnObserver observer = new ColumnObserver(column, columnRules, windows);
      columns.add(observer);
      if (column.derivation() != null) {
        derived.add(new DerivedObserver(observer, column.derivation().formula()));
      }
      if (column.role() != Role.DERIVED) {
        known(column.role()).add(column.name());
      }
    }
    rules.forEach(
        (name, of) -> {
          if (!of.feature()) {
            knownInputs.add(name); // expected, though nobody compares it
            knownOutputs.add(name);
          }
        });
    this.outlierScore =
        columns.stream()
            .filter(observer -> observer.baseline().role() == Role.DERIVED)
            .filter(observer -> observer.baseline().name().equals(OutlierScore.NAME))
            .findFirst()
            .orElse(null);
  }

  /** Whether this is what a new configuration asks for, too. */
  boolean isFor(
      Baseline otherBaseline, Map<String, ColumnRules> otherRules, List<Window> otherWindows) {
    return baseline.id().equals(otherBaseline.id())
        && rules.equals(otherRules)
        && windows.equals(otherWindows);
  }

  Baseline baseline() {
    return baseline;
  }

  /**
   * Takes over what still fits of the counts under an older configuration: the columns with the
   * same bins, in the windows with the same panes. All others count from zero.
   */
  void takeOver(ComparedModel before, Instant now) {
    before.advance(now);
    before.flush();
    int[] sameWindows = windows.stream().mapToInt(before.windows::indexOf).toArray();
    clock.takeOver(before.clock, sameWindows);
    rows.takeOver(before.rows, sameWindows);
    boolean allFit = true;
    for (ColumnObserver column : columns) {
      Optional<ColumnObserver> same = before.columns.stream().filter(column::countsLike).findAny();
      same.ifPresent(other -> column.counts().takeOver(other.counts(), sameWindows));
      allFit &= same.isPresent();
    }
    for (int w = 0; w < since.length; w++) {
      since[w] = allFit && sameWindows[w] >= 0 ? before.since[sameWindows[w]] : now;
    }
    if (baseline.id().equals(before.baseline.id())) {
      loaded = before.loaded;
    }
  }

  void save(StateOutput out, Instant now) {
    advance(now);
    flush();
    clock.save(out);
    for (Instant from : since) {
      out.instant(from);
    }
    out.text(baseline.id());
    out.instant(loaded);
    rows.save(out);
    out.number(columns.size());
    for (ColumnObserver column : columns) {
      out.text(column.identity());
      column.counts().save(out);
    }
  }

  /**
   * Goes on where a saved model stood, as far as windows and bins are the same.
   *
   * @param continuous whether totals go on as well
   */
  void restore(StateInput in, boolean continuous, Instant now) throws SnapshotException {
    PaneClock.Saved saved = PaneClock.Saved.restore(in);
    Instant[] savedSince = new Instant[saved.windows().size()];
    for (int w = 0; w < savedSince.length; w++) {
      savedSince[w] = in.instant();
    }
    String baselineId = in.text();
    Instant savedLoaded = in.instant();
    ColumnCounts savedRows = ColumnCounts.restore(in, saved.windows());
    if (savedRows.bins() != 1) {
      throw new SnapshotException("rows have one bin");
    }
    Map<String, ColumnCounts> savedColumns = new HashMap<>();
    int count = in.size(MAX_SAVED_COLUMNS);
    for (int i = 0; i < count; i++) {
      String identity = in.text();
      savedColumns.put(identity, ColumnCounts.restore(in, saved.windows()));
    }
    int[] same = clock.takeOver(saved, now.toEpochMilli());
    rows.takeOver(savedRows, same);
    boolean allFit = takeOver(savedColumns, same, continuous);
    for (int w = 0; w < since.length; w++) {
      since[w] = allFit && same[w] >= 0 ? savedSince[same[w]] : now;
    }
    loaded = baseline.id().equals(baselineId) ? savedLoaded : loaded;
  }

  private boolean takeOver(Map<String, ColumnCounts> saved, int[] same, boolean continuous) {
    boolean allFit = true;
    for (ColumnObserver column : columns) {
      ColumnCounts counts = saved.get(column.identity());
      if (counts == null || counts.bins() != column.counts().bins()) {
        allFit = false;
        continue;
      }
      column.counts().takeOver(counts, same);
      if (!continuous) {
        column.counts().clearTotal();
      }
    }
    return allFit;
  }

  void observe(InferenceBatch batch, Instant now, SchemaCounts schema) {
    advance(now);
    boolean inputs = batch.kind() != BatchKind.RESPONSE;
    boolean outputs = batch.kind() != BatchKind.REQUEST;
    if (inputs) {
      rows.addMany(0, batch.rows());
    }
    if (inputs) {
      observe(Role.INPUT, batch, schema);
      observeOutlierScore(batch.rows());
      derived.forEach(column -> column.observe(batch));
    }
    if (outputs) {
      observe(Role.OUTPUT, batch, schema);
    }
    countUnexpected(batch, Role.INPUT, schema);
    countUnexpected(batch, Role.OUTPUT, schema);
  }

  /** Returns everything counted, with one snapshot a window or, if those are not wanted, none. */
  ModelSnapshot.Ready snapshot(ModelFacts facts, Instant now, boolean withWindows) {
    advance(now);
    flush();
    List<BinnedCounts> totals = columns.stream().map(c -> c.counts().total()).toList();
    List<ViolationCounts> violations =
        columns.stream().map(c -> c.counts().totalViolations()).toList();
    List<WindowSnapshot> windowSnapshots = new ArrayList<>();
    for (int w = 0; withWindows && w < windows.size(); w++) {
      windowSnapshots.add(window(w, now));
    }
    return new ModelSnapshot.Ready(facts, baseline, loaded, totals, violations, windowSnapshots);
  }

  private WindowSnapshot window(int w, Instant now) {
    Window window = windows.get(w);
    Duration counted = Duration.between(since[w], now);
    Duration covered = counted.compareTo(window.span()) < 0 ? counted : window.span();
    return new WindowSnapshot(
        window,
        covered.isNegative() ? Duration.ZERO : covered,
        clock.newest(w),
        rows.window(w).total(),
        columns.stream().map(c -> c.counts().window(w)).toList(),
        columns.stream().map(c -> c.counts().windowViolations(w)).toList());
  }

  private void observe(Role role, InferenceBatch batch, SchemaCounts schema) {
    int rows = batch.rows();
    scores = scores.length < rows ? new double[rows] : scores;
    Arrays.fill(scores, 0, rows, 0);
    for (ColumnObserver observer : columns) {
      if (observer.baseline().role() == role) {
        Column column = batch.find(role, observer.baseline().name());
        int absent = rows;
        if (column == null) {
          observer.observeAbsent(scores, rows);
        } else {
          absent = observer.observe(column, scores, rows);
        }
        schema.add(SchemaProblem.ABSENT_FEATURE, absent);
      }
    }
  }

  /** The inputs have just left the score of each row. */
  private void observeOutlierScore(int rows) {
    if (outlierScore != null) {
      outlierScore.observeScores(scores, rows);
    }
  }

  private void countUnexpected(InferenceBatch batch, Role role, SchemaCounts schema) {
    for (Column column : batch.columns(role)) {
      if (!known(role).contains(column.name())) {
        int named = 0;
        for (int row = 0; row < batch.rows(); row++) {
          named += column.kind(row) == Column.ABSENT ? 0 : 1;
        }
        schema.add(SchemaProblem.UNEXPECTED_FEATURE, named);
      }
    }
  }

  private Set<String> known(Role role) {
    return role == Role.OUTPUT ? knownOutputs : knownInputs;
  }

  private void advance(Instant now) {
    long millis = now.toEpochMilli();
    if (clock.isBeyond(millis)) {
      flush();
      clock.advance(millis, this::clear);
    }
  }

  private void flush() {
    int[] newest = clock.indexes();
    rows.flush(newest);
    for (ColumnObserver column : columns) {
      column.counts().flush(newest);
    }
  }

  private void clear(int window, int pane) {
    rows.clear(window, pane);
    for (ColumnObserver column : columns) {
      column.counts().clear(window, pane);
    }
  }
}
