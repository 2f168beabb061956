package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a new configuration leaves of the counts under the old one. */
class ReconfigureTest {

  private static final ModelKey MODEL = ModelKey.of("credit");
  private static final BinLayout AGE = NumericLayout.ofEdges(0, 10, 20);
  private static final BinLayout OTHER_AGE = NumericLayout.ofEdges(0, 5, 20);
  private static final BinLayout INCOME = NumericLayout.ofEdges(0, 100, 200);
  private static final Window SHORT = new Window("3s", Duration.ofSeconds(3), 3);
  private static final Window LONG = new Window("1m", Duration.ofMinutes(1), 6);
  private static final Window OTHER = new Window("2m", Duration.ofMinutes(2), 6);

  private final ManualTime time = new ManualTime();
  private final Observatory observatory =
      new Observatory(settings(baseline("one", AGE), SHORT, LONG), time);

  @BeforeEach
  void expectModel() {
    observatory.expect(MODEL);
  }

  private static ObserveSettings settings(@Nullable Baseline baseline, Window... windows) {
    ObserveSettings.Model model =
        new ObserveSettings.Model(baseline, BaselineSettings.withDefaults(), Map.of());
    return new ObserveSettings(List.of(windows), 100, 5, key -> model);
  }

  private static Baseline baseline(String id, BinLayout age) {
    return new Baseline(
        id,
        MODEL,
        Instant.EPOCH,
        "test",
        10,
        List.of(column("age", age), column("income", INCOME)));
  }

  private static BaselineColumn column(String name, BinLayout layout) {
    return new BaselineColumn(
        name, Role.INPUT, layout, BinnedCounts.zero(layout.bins()), 0, 0, List.of(), 1);
  }

  private void observe(int rows) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    for (int i = 0; i < rows; i++) {
      int row = batch.addRow();
      Objects.requireNonNull(batch.column(Role.INPUT, "age")).setNumber(row, 7);
      Objects.requireNonNull(batch.column(Role.INPUT, "income")).setNumber(row, 150);
    }
    assertThat(observatory.observe(batch, "v1")).isTrue();
  }

  private ModelSnapshot.Ready ready() {
    return (ModelSnapshot.Ready) observatory.snapshots().get(0);
  }

  private static List<Long> totals(List<BinnedCounts> columns) {
    return columns.stream().map(BinnedCounts::total).toList();
  }

  @Test
  void sameBaselineAndWindows_changeNothing() {
    observe(10);
    ModelSnapshot.Ready before = ready();

    observatory.reconfigure(settings(baseline("one", AGE), SHORT, LONG));

    assertThat(ready()).isEqualTo(before);
  }

  @Test
  void newBaselineWithTheSameBins_keepsCountsAndWindows() {
    time.advance(Duration.ofSeconds(10));
    observe(10);
    time.advance(Duration.ofSeconds(1));
    observatory.reconfigure(settings(baseline("two", AGE), SHORT, LONG));
    observe(5);

    assertThat(ready().baseline().id()).isEqualTo("two");
    assertThat(totals(ready().columns())).containsExactly(15L, 15L);
    assertThat(totals(ready().windows().get(0).columns())).containsExactly(15L, 15L);
    assertThat(ready().windows().get(1).covered()).isEqualTo(Duration.ofSeconds(11));
    assertThat(ready().loaded()).isEqualTo(time.instant());
    time.advance(Duration.ofSeconds(2));
    assertThat(ready().windows().get(0).rows()).as("the older pane ages out").isEqualTo(5);
  }

  @Test
  void otherEdges_countThatColumnFromZero_andOnlyThat() {
    observe(10);
    observatory.reconfigure(settings(baseline("two", OTHER_AGE), SHORT, LONG));
    observe(5);

    assertThat(totals(ready().columns())).containsExactly(5L, 15L);
    assertThat(totals(ready().windows().get(0).columns())).containsExactly(5L, 15L);
    assertThat(ready().windows().get(0).covered()).isZero();
    assertThat(ready().facts().rows()).as("rows of the model never go back").isEqualTo(15);
  }

  @Test
  void otherWindows_startEmpty_besideThoseThatStay() {
    time.advance(Duration.ofSeconds(5));
    observe(10);
    observatory.reconfigure(settings(baseline("one", AGE), OTHER, LONG));
    observe(5);

    assertThat(ready().windows().get(0).rows()).isEqualTo(5);
    assertThat(ready().windows().get(0).covered()).isZero();
    assertThat(ready().windows().get(1).rows()).isEqualTo(15);
    assertThat(ready().windows().get(1).covered()).isEqualTo(Duration.ofSeconds(5));
    assertThat(totals(ready().columns())).containsExactly(15L, 15L);
  }

  @Test
  void learnedBaseline_staysUntilAFileTakesItsPlace() {
    Observatory learning = new Observatory(settings(null, SHORT), time);
    InferenceBatch batch = new InferenceBatch();
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    for (int i = 0; i < 100; i++) {
      Objects.requireNonNull(batch.column(Role.INPUT, "age")).setNumber(batch.addRow(), i);
    }
    learning.observe(batch, "v1");
    learning.observe(batch, "v1");

    learning.reconfigure(settings(null, SHORT, LONG));
    ModelSnapshot.Ready kept = (ModelSnapshot.Ready) learning.snapshots().get(0);
    assertThat(kept.baseline().source()).isEqualTo("traffic");
    assertThat(kept.columns().get(0).total()).isEqualTo(100);

    learning.reconfigure(settings(baseline("one", AGE), SHORT, LONG));
    ModelSnapshot.Ready ofFile = (ModelSnapshot.Ready) learning.snapshots().get(0);
    assertThat(ofFile.baseline().id()).isEqualTo("one");
    assertThat(ofFile.facts().rows()).isEqualTo(200);
  }

  @Test
  void baselineThatIsGone_isLearnedFromTraffic() {
    observe(10);
    observatory.reconfigure(settings(null, SHORT));

    assertThat(observatory.counters().get(0)).isInstanceOf(ModelSnapshot.Learning.class);
    assertThat(observatory.counters().get(0).facts().rows()).isEqualTo(10);
  }
}
