package io.modeldrift.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.statistics.Measure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationSettingsTest {

  private static final DriftSettings CLASSIC = Drift.tolerating(Tolerances.classic());
  private static final DriftSettings STRICT = Drift.tolerating(new Tolerances(0.01, 0.05));

  @Test
  void drift_ofAVersion_beatsThatOfTheModel_whichBeatsTheDefaults() {
    EvaluationSettings settings =
        EvaluationSettings.withDefaults()
            .withDrift(DriftSettings.withDefaults(), Map.of("credit", CLASSIC, "credit 7", STRICT));

    assertThat(settings.drift(new ModelKey("credit", "7"))).isEqualTo(STRICT);
    assertThat(settings.drift(new ModelKey("credit", "8"))).isEqualTo(CLASSIC);
    assertThat(settings.drift(new ModelKey("fraud", "7"))).isEqualTo(DriftSettings.withDefaults());
  }

  @Test
  void interval_shorterThanFiveSeconds_isRefused() {
    assertThatThrownBy(
            () ->
                new EvaluationSettings(
                    Duration.ofMillis(4_999),
                    DriftSettings.withDefaults(),
                    Map.of(),
                    FairnessSettings.withDefaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluation interval PT4.999S is shorter than PT5S");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "0.1, 0.1", "0.2, 0.1", "0.02, 1.01", "NaN, 0.1", "0.02, NaN"})
  void tolerances_outOfOrder_areRefused(double warning, double drifted) {
    assertThatThrownBy(() -> new Tolerances(warning, drifted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tolerances must satisfy 0 < warning < drifted <= 1");
  }

  @Test
  void categoricalMeasure_thatNeedsOrder_isRefused() {
    assertThatThrownBy(
            () -> new DriftMeasures(List.of(Measure.PSI), List.of(Measure.KS), Measure.PSI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("measure ks needs order and cannot score categorical columns");
  }

  @ParameterizedTest
  @CsvSource({"-1", "NaN", "Infinity"})
  void importance_thatIsNoWeight_isRefused(double importance) {
    assertThatThrownBy(
            () ->
                new ColumnDriftSettings(
                    Optional.empty(), Optional.empty(), OptionalDouble.of(importance)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a number of at least 0");
  }
}
