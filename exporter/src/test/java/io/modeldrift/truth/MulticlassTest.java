package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.ManualTime;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.statistics.BinaryConfusion;
import io.modeldrift.statistics.GroupCounts;
import io.modeldrift.statistics.PerformanceMetric;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that answers with the probability of each of three classes. */
class MulticlassTest {

  private static final OutputClasses CLASSES =
      new OutputClasses(
          List.of("grant", "ask", "deny"), List.of("p_0", "p_1", "p_2"), List.of("grant", "ask"));
  private static final ModelTruthSettings SETTINGS =
      new ModelTruthSettings(
          OutputSettings.defaults().withClasses(CLASSES),
          List.of(new ModelTruthSettings.Attribute("gender", false, true, List.of("f"), "")));

  @TempDir private Path directory;
  private final InferenceBatch batch = new InferenceBatch();
  private Desk desk = new Desk(StoreSettings.defaults(), SETTINGS, new ManualTime());

  @AfterEach
  void close() {
    desk.close();
  }

  private void predict(String id, double... probabilities) {
    batch.reset(Desk.CREDIT, BatchKind.PAIR, desk.time.instant());
    int row = batch.addRow();
    batch.setId(row, id);
    for (int i = 0; i < probabilities.length; i++) {
      Column column = batch.column(Role.OUTPUT, "p_" + i);
      if (column != null) {
        column.setNumber(row, probabilities[i]);
      }
    }
    Column gender = batch.column(Role.INPUT, "gender");
    if (gender != null) {
      gender.setText(row, "f");
    }
    desk.desk.predictions(batch);
  }

  private Tally all() {
    return Desk.in(desk.credit().scored().orElseThrow().segments(), TruthSnapshot.ALL);
  }

  private double logLoss() {
    return all().metrics(desk.credit().scored().orElseThrow().scorer().groups()).entrySet().stream()
        .filter(metric -> metric.getKey() == PerformanceMetric.LOG_LOSS)
        .mapToDouble(metric -> metric.getValue().value().asOptional().orElse(Double.NaN))
        .sum();
  }

  @Test
  void likeliestClass_isTheDecision_andItsTruthsProbabilityTheLoss() {
    predict("a", 0.7, 0.2, 0.1);
    predict("b", 0.25, 0.25, 0.5);
    desk.report("a", new Value.Named("grant"));
    desk.report("b", new Value.Named("ask"));

    assertThat(all().matrix().orElseThrow().right()).isEqualTo(1);
    assertThat(all().rows()).isEqualTo(2);
    assertThat(logLoss()).isCloseTo(-(Math.log(0.7) + Math.log(0.25)) / 2, within(1e-12));
  }

  @Test
  void probabilities_outliveARestart() {
    desk.close();
    StoreSettings store = StoreSettings.defaults().withDirectory(directory);
    desk = new Desk(store, SETTINGS, new ManualTime());
    predict("a", 0.1, 0.8, 0.1);
    desk.close();

    desk = new Desk(store, SETTINGS, new ManualTime());
    assertThat(desk.report("a", new Value.Named("ask"))).isEqualTo("matched");
    assertThat(logLoss()).isCloseTo(-Math.log(0.8), within(1e-12));
  }

  @Test
  void probabilityThatIsNone_countsForTheClassOnly() {
    predict("a", 0.7, 7, 0.1);
    predict("b", 0.7, 0.2);
    predict("c", 0.7, 0.2, 0.1);
    desk.report("a", new Value.Named("ask"));
    desk.report("b", new Value.Named("deny"));
    desk.report("c", new Value.Named("something else"));

    assertThat(all().rows()).isEqualTo(3);
    assertThat(all().losses().orElseThrow().rows()).isZero();
    assertThat(desk.credit().unscored()).containsEntry(Unscored.BAD_SCORE, 3L);
  }

  @Test
  void favourableClasses_areTheSelectedOnesOfAGroup() {
    for (int i = 0; i < 6; i++) {
      predict("i" + i, i < 2 ? 0.8 : 0.1, i == 2 ? 0.8 : 0.1, 0.3);
      desk.report("i" + i, new Value.Named(i % 2 == 0 ? "grant" : "deny"));
    }

    TruthSnapshot.Scored scored = desk.credit().scored().orElseThrow();
    GroupTally women = Desk.in(Desk.in(scored.groups(), "gender"), "f");

    assertThat(scored.favourable()).containsExactlyInAnyOrder(0, 1);
    assertThat(women.against(scored.favourable()))
        .isEqualTo(new GroupCounts(6, 3, new BinaryConfusion(2, 1, 1, 2)));
  }

  @Test
  void settingsThatDoNotBelongTogether_areRefused() {
    assertThatThrownBy(() -> new OutputClasses(List.of("a", "b"), List.of("p"), List.of()))
        .hasMessage("1 probabilities for 2 classes");
    assertThatThrownBy(() -> new OutputClasses(List.of("a", "a"), List.of(), List.of()))
        .hasMessageContaining("different names");
    OutputSettings binary = OutputSettings.defaults().withKind(OutputKind.BINARY);
    assertThatThrownBy(() -> binary.withClasses(CLASSES)).hasMessageContaining("multiclass");
  }
}
