package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.evaluate.ColumnVerdict;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.WindowReport;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.ModelSnapshot;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftMetricsTest {

  private final FakeState state = new FakeState();
  private final Server server = new Server(state);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void driftedColumn_hasScoreThresholdsPValueAndState() {
    state.evaluate(Models.flights());

    assertThat(value("model_feature_drift_score", airline("measure=\"psi\"")))
        .hasValue(psi("airline"));
    assertThat(
            value("model_feature_drift_threshold", airline("measure=\"psi\",", "drifted"))
                .getAsDouble())
        .isBetween(0.1, 0.3);
    assertThat(value("model_feature_drift_pvalue", airline("measure=\"psi\",", "drifted")))
        .hasValue(0);
    assertThat(state("airline", "drifted")).hasValue(1);
    assertThat(state("airline", "stable")).hasValue(0);
    assertThat(state("distance", "stable")).hasValue(1);
  }

  @Test
  void contribution_isSignedByTheDirection() {
    state.evaluate(Models.flights());

    assertThat(value("model_feature_drift_contribution", contribution("US")).getAsDouble())
        .isNegative();
    assertThat(value("model_feature_drift_contribution", contribution("AA")).getAsDouble())
        .isPositive();
  }

  @Test
  void emptyWindow_hasStateAndReasonButNoScore() {
    state.evaluate(Models.flights());

    String scrape = server.get("/metrics");

    assertThat(scrape)
        .contains(
            "model_feature_insufficient{feature=\"airline\",model=\"flight-delay\","
                + "reason=\"no_rows\",role=\"input\",version=\"3\",window=\"5m\"} 1.0\n")
        .contains(
            "model_feature_window_rows{feature=\"airline\",model=\"flight-delay\","
                + "role=\"input\",version=\"3\",window=\"5m\"} 0.0\n");
    assertThat(scrape.lines().filter(line -> line.startsWith("model_feature_drift_score")))
        .isNotEmpty()
        .noneMatch(line -> line.contains("window=\"5m\""));
  }

  @Test
  void model_isRolledUpPerRole() {
    state.evaluate(Models.flights());

    assertThat(server.get("/metrics"))
        .contains(
            "model_drifted_features_ratio{model=\"flight-delay\",role=\"input\",version=\"3\","
                + "window=\"1h\"} 0.5\n")
        .contains(
            "model_drift_state{model=\"flight-delay\",version=\"3\",window=\"1h\","
                + "model_drift_state=\"drifted\"} 1\n")
        .contains("model_window_rows{model=\"flight-delay\",version=\"3\",window=\"1h\"} 800.0\n")
        .contains(
            "model_window_covered_seconds{model=\"flight-delay\",version=\"3\",window=\"1h\"}"
                + " 1860.0\n");
  }

  @Test
  void toleranceAndImportance_areOnTheBaselinePath() {
    state.evaluate(Models.flights());

    assertThat(server.get("/metrics/baseline"))
        .contains(
            "model_feature_drift_tolerance{feature=\"airline\",model=\"flight-delay\","
                + "role=\"input\",severity=\"warning\",version=\"3\"} 0.02\n")
        .contains(
            "model_feature_importance{feature=\"airline\",model=\"flight-delay\","
                + "role=\"input\",version=\"3\"} 0.5\n");
  }

  @Test
  void reportOnAnotherBaseline_isNotShown() {
    state.evaluate(Models.flights());
    server.get("/metrics");

    state.models = List.of(Models.fresh(Models.AIRLINE));

    assertThat(server.get("/metrics")).doesNotContain("model_feature_drift_score");
  }

  @Test
  void forgottenModel_isNotShown() {
    state.evaluate(Models.flights());

    state.models = List.<ModelSnapshot>of(Models.learning());

    assertThat(server.get("/metrics")).doesNotContain("flight-delay");
  }

  private double psi(String feature) {
    WindowReport hour =
        ((ModelReport.Compared) state.report.models().get(0)).window("1h").orElseThrow();
    return ((ColumnVerdict.Scored) hour.column(Role.INPUT, feature).orElseThrow().verdict())
        .verdict()
        .driftScore();
  }

  private OptionalDouble value(String name, String labels) {
    String start = name + "{" + labels + "} ";
    return server
        .get("/metrics")
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst();
  }

  private OptionalDouble state(String feature, String state) {
    return value(
        "model_feature_drift_state",
        "feature=\""
            + feature
            + "\",model=\"flight-delay\",role=\"input\",version=\"3\",window=\"1h\","
            + "model_feature_drift_state=\""
            + state
            + "\"");
  }

  private static String airline(String measure) {
    return "feature=\"airline\","
        + measure
        + ",model=\"flight-delay\",role=\"input\",version=\"3\",window=\"1h\"";
  }

  private static String airline(String measure, String severity) {
    return "feature=\"airline\","
        + measure
        + "model=\"flight-delay\",role=\"input\",severity=\""
        + severity
        + "\",version=\"3\",window=\"1h\"";
  }

  private static String contribution(String bin) {
    return "bin=\""
        + bin
        + "\",feature=\"airline\",model=\"flight-delay\",role=\"input\",version=\"3\",window=\"1h\"";
  }
}
