package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.app.demo.DemoModel;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {

  private static ExporterSettings settings;

  /** Building baselines takes seconds. */
  @BeforeAll
  static void read() {
    settings = DemoSettings.of(0, List.of("15s", "1m"));
  }

  @Test
  void everyModelThatIsAsked_isConfiguredWithABaselineThatMeansTheSame() {
    assertThat(settings.expected())
        .containsExactly(
            new ModelKey("flight-delay", "1"),
            new ModelKey("flight-delay", "2"),
            ModelKey.of("air-time"));
    for (ModelKey key : settings.expected()) {
      Baseline baseline = baseline(key);
      assertThat(baseline.model().name()).isEqualTo(key.name());
      assertThat(baseline.truth().orElseThrow().kind())
          .isEqualTo(
              Objects.requireNonNull(settings.truth().models().apply(key).output().kind()).label());
    }
    assertThat(baseline(new ModelKey("flight-delay", "1")).truth().orElseThrow().threshold())
        .isEqualTo(
            settings
                .truth()
                .models()
                .apply(new ModelKey("flight-delay", "2"))
                .output()
                .threshold());
  }

  @Test
  void groups_areTheColumnsThatAreSentAlong() {
    assertThat(settings.observe().windows().stream().map(Window::name))
        .containsExactly("15s", "1m");
    assertThat(
            settings.truth().models().apply(new ModelKey("flight-delay", "1")).attributes().stream()
                .filter(Attribute::sensitive)
                .map(Attribute::column))
        .containsExactlyElementsOf(DemoModel.FLIGHT_DELAY.groups());
  }

  @Test
  void importance_isThatOfTheFittedModel() {
    Baseline airTime = baseline(ModelKey.of("air-time"));

    // Air time is distance and little else: 95 of 100 minutes above or below the average.
    assertThat(
            airTime.columns().stream()
                .filter(column -> column.name().equals("distance"))
                .mapToDouble(BaselineColumn::importance))
        .singleElement()
        .satisfies(share -> assertThat(share).isBetween(0.9, 1.0));
  }

  @Test
  void windowThatIsNone_isAMessage() {
    assertThatThrownBy(() -> DemoSettings.of(0, List.of("soon")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("windows");
  }

  private static Baseline baseline(ModelKey key) {
    return Objects.requireNonNull(settings.observe().models().apply(key).baseline());
  }
}
