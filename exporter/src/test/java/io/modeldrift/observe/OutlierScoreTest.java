package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.SchemaProblem;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlierScoreTest {

  private static final LatencyCounts NO_LATENCY =
      new LatencyCounts(Collections.nCopies(16, 0L), 0, 0, 0, LatencyQuantiles.none("5m"));

  private static final ModelKey CREDIT = ModelKey.of("credit");
  private static final int ROWS = 2_000;

  private final ManualTime time = new ManualTime();
  private final InferenceBatch rows = rows(ROWS);
  private final Baseline baseline = baseline();
  private final BaselineColumn score = OutlierScore.in(baseline).orElseThrow();
  private final ComparedModel model =
      new ComparedModel(baseline, Map.of(), ObserveSettings.defaults().windows(), time.instant());

  @Test
  void liveRows_areScoredLikeTheBaselinesOwn() {
    model.observe(rows, time.instant(), new SchemaCounts());

    assertThat(scores().toArray()).isEqualTo(score.counts().toArray());
  }

  @Test
  void batchAfterBatch_startsAtZero() {
    for (int i = 0; i < 3; i++) {
      model.observe(rows, time.instant(), new SchemaCounts());
    }

    BinnedCounts thrice = score.counts().plus(score.counts()).plus(score.counts());
    assertThat(scores().toArray()).isEqualTo(thrice.toArray());
  }

  @Test
  void rowWithoutItsColumns_isAnOutlier() {
    InferenceBatch empty = new InferenceBatch();
    empty.reset(CREDIT, BatchKind.REQUEST, Instant.EPOCH);
    empty.addRow();
    model.observe(empty, time.instant(), new SchemaCounts());

    int first = OutlierScore.firstOutlierBin(score);
    long outliers = 0;
    for (int bin = first; bin < score.layout().valueBins(); bin++) {
      outliers += scores().count(bin);
    }
    assertThat(outliers).isEqualTo(1);
  }

  @Test
  void responsesAlone_areNotScored() {
    InferenceBatch answers = new InferenceBatch();
    answers.reset(CREDIT, BatchKind.RESPONSE, Instant.EPOCH);
    Objects.requireNonNull(answers.column(Role.OUTPUT, "prediction"))
        .setNumber(answers.addRow(), 1);
    model.observe(answers, time.instant(), new SchemaCounts());

    assertThat(scores().total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 2_001, 2_099})
  void outliers_areTheTopPercentOfTheBaseline_roundedUp(int count) {
    double[] scores = new Random(7).doubles(count).sorted().toArray();
    NumericLayout layout = NumericLayout.ofQuantiles(scores, 10);
    long[] counts = new long[layout.bins()];
    for (double value : scores) {
      counts[layout.indexOf(value)]++;
    }
    BaselineColumn column =
        new BaselineColumn(
            OutlierScore.NAME, Role.DERIVED, layout, BinnedCounts.of(counts), 0, 1, List.of(), 1);

    long outliers = 0;
    for (int bin = OutlierScore.firstOutlierBin(column); bin < layout.valueBins(); bin++) {
      outliers += counts[bin];
    }
    assertThat(outliers).isEqualTo((count + 99) / 100);
  }

  @Test
  void derivedColumn_isNotExpectedInRows() {
    SchemaCounts schema = new SchemaCounts();
    model.observe(rows, time.instant(), schema);

    assertThat(schema.snapshot().getOrDefault(SchemaProblem.ABSENT_FEATURE, 0L)).isZero();
  }

  private BinnedCounts scores() {
    ModelFacts facts = new ModelFacts(CREDIT, 0, Instant.EPOCH, Map.of(), NO_LATENCY, Map.of());
    ModelSnapshot.Ready ready = model.snapshot(facts, time.instant(), false);
    return ready.columns().get(baseline.columns().indexOf(score));
  }

  private Baseline baseline() {
    BaselineBuilder builder =
        new BaselineBuilder(BaselineSettings.withDefaults()).derive(new OutlierScore());
    builder.add(rows);
    return builder.build(CREDIT, Instant.EPOCH, "test");
  }

  private static InferenceBatch rows(int count) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(CREDIT, BatchKind.REQUEST, Instant.EPOCH);
    Column age = Objects.requireNonNull(batch.column(Role.INPUT, "age"));
    Column plan = Objects.requireNonNull(batch.column(Role.INPUT, "plan"));
    Random random = new Random(5);
    for (int i = 0; i < count; i++) {
      int row = batch.addRow();
      age.setNumber(row, 40 + 10 * random.nextGaussian());
      plan.setText(row, i % 9 == 0 ? "gold" : "basic");
    }
    return batch;
  }
}
