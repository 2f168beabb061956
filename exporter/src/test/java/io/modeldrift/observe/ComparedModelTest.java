package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.distribution.TextHash;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ComparedModelTest {

  private static final LatencyCounts NO_LATENCY =
      new LatencyCounts(Collections.nCopies(16, 0L), 0, 0, 0, LatencyQuantiles.none("5m"));

  private static final ModelKey MODEL = ModelKey.of("credit");

  // bins: underflow, [0,10), [10,20], overflow, missing, invalid
  private static final BinLayout AGE = NumericLayout.ofEdges(0, 10, 20);

  // bins: red, green, other, unseen, missing, invalid
  private static final BinLayout COLOUR =
      CategoricalLayout.of(List.of("red", "green"), new long[] {TextHash.of("mauve")});

  private static final BinLayout SCORE = NumericLayout.ofEdges(0, 0.5, 1);

  private static final Window SHORT = new Window("3s", Duration.ofSeconds(3), 3);
  private static final Window LONG = new Window("1m", Duration.ofMinutes(1), 6);

  private final ManualTime time = new ManualTime();
  private final InferenceBatch batch = new InferenceBatch();
  private final SchemaCounts schema = new SchemaCounts();
  private final ComparedModel model = model(Map.of());

  private ComparedModel model(Map<String, ColumnRules> rules) {
    Baseline baseline =
        new Baseline(
            "id",
            MODEL,
            Instant.EPOCH,
            "test",
            10,
            List.of(
                column("age", Role.INPUT, AGE),
                column("colour", Role.INPUT, COLOUR),
                column("prediction", Role.OUTPUT, SCORE)));
    return new ComparedModel(baseline, rules, List.of(SHORT, LONG), time.instant());
  }

  private static BaselineColumn column(String name, Role role, BinLayout layout) {
    return new BaselineColumn(
        name, role, layout, BinnedCounts.zero(layout.bins()), 0, 0, List.of(), 1);
  }

  private Column input(String name) {
    return column(Role.INPUT, name);
  }

  private Column column(Role role, String name) {
    return Objects.requireNonNull(batch.column(role, name));
  }

  private ModelSnapshot.Ready snapshot(ComparedModel of) {
    ModelFacts facts =
        new ModelFacts(MODEL, 0, time.instant(), Map.of(), NO_LATENCY, schema.snapshot());
    return of.snapshot(facts, time.instant(), true);
  }

  private void observeAges(double... ages) {
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    for (double age : ages) {
      int row = batch.addRow();
      input("age").setNumber(row, age);
      input("colour").setText(row, "red");
    }
    model.observe(batch, time.instant(), schema);
  }

  private BinnedCounts ages(int window) {
    return snapshot(model).windows().get(window).columns().get(0);
  }

  @Test
  void values_areCountedAndSummedPerBin() {
    observeAges(-1, 5, 6, 10, 20, 21, Double.NaN, Double.POSITIVE_INFINITY);

    BinnedCounts expected =
        BinnedCounts.of(new long[] {1, 2, 2, 1, 1, 1}, new double[] {-1, 11, 30, 21, 0, 0});
    assertThat(snapshot(model).columns().get(0)).isEqualTo(expected);
    assertThat(ages(0)).isEqualTo(expected);
    assertThat(ages(1)).isEqualTo(expected);
  }

  @Test
  void paneThatAgedOut_leavesItsWindowButNotTheTotal() {
    observeAges(5);
    time.advance(Duration.ofSeconds(1));
    observeAges(15, 15);
    time.advance(Duration.ofSeconds(2));

    assertThat(ages(0).toArray()).containsExactly(0, 0, 2, 0, 0, 0);
    assertThat(ages(1).toArray()).containsExactly(0, 1, 2, 0, 0, 0);
    assertThat(snapshot(model).columns().get(0).toArray()).containsExactly(0, 1, 2, 0, 0, 0);
  }

  @Test
  void longSilence_emptiesTheWindows() {
    observeAges(5);
    time.advance(Duration.ofDays(30));

    assertThat(ages(0).total()).isZero();
    assertThat(ages(1).total()).isZero();
    assertThat(snapshot(model).windows().get(1).rows()).isZero();
  }

  @Test
  void clockSetBack_losesNothing() {
    observeAges(5);
    time.advance(Duration.ofHours(-1));
    observeAges(15);

    assertThat(ages(0).toArray()).containsExactly(0, 1, 1, 0, 0, 0);
  }

  @Test
  void rowWithoutAColumn_countsAsMissingAndAbsent() {
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    input("age").setNumber(batch.addRow(), 5);
    input("colour").setMissing(batch.addRow());
    model.observe(batch, time.instant(), schema);

    ModelSnapshot.Ready ready = snapshot(model);
    assertThat(ready.columns().get(0).toArray()).containsExactly(0, 1, 0, 0, 1, 0);
    assertThat(ready.columns().get(1).toArray()).containsExactly(0, 0, 0, 0, 2, 0);
    assertThat(ready.violations().get(1).count(ViolationReason.MISSING)).isEqualTo(2);
    assertThat(schema.snapshot())
        .containsEntry(SchemaProblem.ABSENT_FEATURE, 2L)
        .containsEntry(SchemaProblem.UNEXPECTED_FEATURE, 0L);
  }

  @Test
  void columnThatTheBaselineLacks_isUnexpectedAndCountedNowhereElse() {
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    input("shoe_size").setNumber(batch.addRow(), 44);
    model.observe(batch, time.instant(), schema);

    assertThat(schema.snapshot()).containsEntry(SchemaProblem.UNEXPECTED_FEATURE, 1L);
  }

  @Test
  void request_leavesOutputsAlone_andResponseLeavesInputsAlone() {
    observeAges(5);
    batch.reset(MODEL, BatchKind.RESPONSE, time.instant());
    column(Role.OUTPUT, "prediction").setNumber(batch.addRow(), 0.7);
    model.observe(batch, time.instant(), schema);

    ModelSnapshot.Ready ready = snapshot(model);
    assertThat(ready.columns().get(0).total()).isEqualTo(1);
    assertThat(ready.columns().get(2).toArray()).containsExactly(0, 0, 1, 0, 0, 0);
    assertThat(ready.windows().get(0).rows()).isEqualTo(1);
    assertThat(schema.snapshot()).containsEntry(SchemaProblem.ABSENT_FEATURE, 0L);
  }

  @Test
  void categories_fallIntoOwnOtherUnseenAndInvalid() {
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    for (String colour : List.of("red", "green", "red", "mauve", "puce")) {
      input("colour").setText(batch.addRow(), colour);
    }
    input("colour").setOpaque(batch.addRow());
    model.observe(batch, time.instant(), schema);

    ModelSnapshot.Ready ready = snapshot(model);
    assertThat(ready.columns().get(1).toArray()).containsExactly(2, 1, 1, 1, 0, 1);
    assertThat(ready.violations().get(1).count(ViolationReason.UNSEEN_CATEGORY)).isEqualTo(1);
    assertThat(ready.violations().get(1).count(ViolationReason.OPAQUE)).isEqualTo(1);
  }

  @Test
  void textOfANumberBeyondAllBounds_isInfinite_andAnyOtherOfTheWrongType() {
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    for (String text : List.of("Infinity", "1e999", "-1e999", "twelve", "NaN")) {
      input("age").setText(batch.addRow(), text);
    }
    model.observe(batch, time.instant(), schema);

    ViolationCounts violations = snapshot(model).violations().get(0);
    assertThat(violations.count(ViolationReason.INF)).isEqualTo(3);
    assertThat(violations.count(ViolationReason.TYPE_MISMATCH)).isEqualTo(1);
    assertThat(violations.count(ViolationReason.NAN)).isEqualTo(1);
  }

  @Test
  void undeclaredRange_isTheBaselines() {
    observeAges(-1, 0, 20, 21, 22, Double.NaN, Double.NEGATIVE_INFINITY);

    ViolationCounts violations = snapshot(model).violations().get(0);
    assertThat(violations.count(ViolationReason.BELOW_MINIMUM)).isEqualTo(1);
    assertThat(violations.count(ViolationReason.ABOVE_MAXIMUM)).isEqualTo(2);
    assertThat(violations.count(ViolationReason.NAN)).isEqualTo(1);
    assertThat(violations.count(ViolationReason.MISSING)).isEqualTo(1);
    assertThat(violations.count(ViolationReason.INF)).isEqualTo(1);
  }

  @Test
  void declaredRules_takeThePlaceOfTheBaselines() {
    ColumnRules adult = new ColumnRules(true, true, 18, 120, List.of(), Integer.MAX_VALUE);
    ColumnRules known =
        new ColumnRules(
            true,
            false,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            List.of("red", "puce"),
            3);
    ComparedModel ruled = model(Map.of("age", adult, "colour", known));

    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    double[] ages = {17, 18.5, 18, 121};
    String[] colours = {"red", "green", "puce", "red"};
    for (int i = 0; i < ages.length; i++) {
      int row = batch.addRow();
      input("age").setNumber(row, ages[i]);
      input("colour").setText(row, colours[i]);
    }
    ruled.observe(batch, time.instant(), schema);

    ViolationCounts age = snapshot(ruled).violations().get(0);
    assertThat(age.count(ViolationReason.BELOW_MINIMUM)).isEqualTo(1);
    assertThat(age.count(ViolationReason.NOT_INTEGER)).isEqualTo(1);
    assertThat(age.count(ViolationReason.ABOVE_MAXIMUM)).isEqualTo(1);
    ViolationCounts colour = snapshot(ruled).violations().get(1);
    assertThat(colour.count(ViolationReason.NOT_ALLOWED)).isEqualTo(1);
    assertThat(colour.count(ViolationReason.UNSEEN_CATEGORY)).isZero();
    assertThat(colour.count(ViolationReason.TOO_LONG)).isEqualTo(1);
  }

  @Test
  void textInANumericColumn_isParsedOrATypeMismatch() {
    batch.reset(MODEL, BatchKind.REQUEST, time.instant());
    input("age").setText(batch.addRow(), " 12.5 ");
    input("age").setText(batch.addRow(), "twelve");
    model.observe(batch, time.instant(), schema);

    ModelSnapshot.Ready ready = snapshot(model);
    assertThat(ready.columns().get(0).toArray()).containsExactly(0, 0, 1, 0, 0, 1);
    assertThat(ready.columns().get(0).sum(2)).isEqualTo(12.5);
    assertThat(ready.violations().get(0).count(ViolationReason.TYPE_MISMATCH)).isEqualTo(1);
  }

  @Test
  void coveredTime_growsToTheSpan() {
    time.advance(Duration.ofSeconds(2));
    assertThat(snapshot(model).windows().get(0).covered()).isEqualTo(Duration.ofSeconds(2));

    time.advance(Duration.ofMinutes(2));
    assertThat(snapshot(model).windows().get(0).covered()).isEqualTo(SHORT.span());
  }
}
