package io.modeldrift.expose;

import static io.modeldrift.expose.Models.AIRLINE;
import static io.modeldrift.expose.Models.DISTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.ModelSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final FakeState state = new FakeState();
  private final Server server = new Server(state);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void freshBaseline_exposesEveryBinAsZero() {
    state.models = List.of(Models.fresh(DISTANCE, AIRLINE));

    String scrape = server.get("/metrics");

    for (String bin : List.of("00", "01", "02", "03", "04", "__missing__", "__invalid__")) {
      assertThat(scrape).contains(count("distance", bin) + " 0.0\n");
    }
    for (String bin :
        List.of("AA", "US", "WN", "__other__", "__unseen__", "__missing__", "__invalid__")) {
      assertThat(scrape).contains(count("airline", bin) + " 0.0\n");
    }
  }

  @Test
  void baseline_exposesRowsAndEdgesOfEveryBin() {
    state.models = List.of(Models.fresh(DISTANCE, AIRLINE));

    assertThat(server.get("/metrics"))
        .contains(
            "model_feature_baseline_values{bin=\"00\",feature=\"distance\",lower=\"-Inf\","
                + "model=\"flight-delay\",role=\"input\",upper=\"0\",version=\"3\"} 0.0\n")
        .contains(
            "model_feature_baseline_values{bin=\"03\",feature=\"distance\",lower=\"1000\","
                + "model=\"flight-delay\",role=\"input\",upper=\"2000\",version=\"3\"} 800.0\n")
        .contains(
            "model_feature_baseline_values{bin=\"US\",feature=\"airline\",model=\"flight-delay\","
                + "role=\"input\",version=\"3\"} 1000.0\n")
        .contains("model_baseline_rows{model=\"flight-delay\",version=\"3\"} 4000.0\n");
  }

  @Test
  void binSteps_areDistancesOfTypicalValuesInStandardDeviations() {
    state.models = List.of(Models.fresh(DISTANCE));

    // Typical values: edge 0, means 300, 750, 1500, edge 2000; standard deviation 400.
    assertThat(server.get("/metrics"))
        .contains(step("00") + " 0.75\n")
        .contains(step("01") + " 1.125\n")
        .contains(step("02") + " 1.875\n")
        .contains(step("03") + " 1.25\n")
        .doesNotContain(step("04"));
  }

  @Test
  void counts_areThoseOfTheSnapshot() {
    state.models = List.of(Models.flights());

    assertThat(server.get("/metrics"))
        .contains(count("airline", "US") + " 0.0\n")
        .contains(count("airline", "WN") + " 340.0\n")
        .contains("model_inferences_total{model=\"flight-delay\",version=\"3\"} 800.0\n")
        .contains(
            "model_inference_payloads_total{model=\"flight-delay\",protocol=\"v1\",version=\"3\"}"
                + " 400.0\n");
  }

  @Test
  void newBaseline_replacesTheSeriesOfTheOldOne() {
    state.models = List.of(Models.fresh(DISTANCE));
    server.get("/metrics");

    state.models = List.of(Models.fresh(AIRLINE));

    assertThat(server.get("/metrics"))
        .contains(count("airline", "AA"))
        .doesNotContain("feature=\"distance\"");
  }

  @Test
  void learningModel_showsProgressAndNoColumns() {
    state.models = List.of(Models.learning());

    assertThat(server.get("/metrics"))
        .contains(stage("learning") + " 1.0\n")
        .contains(stage("ready") + " 0.0\n")
        .contains(
            "model_drift_exporter_learned_rows{model=\"fraud\",version=\"unversioned\"} 1200.0\n")
        .contains(
            "model_drift_exporter_learning_target_rows{model=\"fraud\",version=\"unversioned\"}"
                + " 5000.0\n")
        .doesNotContain("model_feature_values_total");
  }

  @Test
  void ledger_addsUp() {
    assertThat(server.get("/metrics"))
        .contains("model_drift_exporter_payloads_received_total 1000.0\n")
        .contains("model_drift_exporter_payloads_waiting 3.0\n")
        .contains(
            "model_drift_exporter_payloads_total{outcome=\"rejected\",protocol=\"v1\","
                + "reason=\"bad_json\"} 12.0\n")
        .contains(
            "model_drift_exporter_payloads_total{outcome=\"rejected\",protocol=\"v1\","
                + "reason=\"bad_shape\"} 0.0\n");
  }

  @Test
  void payloadThatEndsDuringAScrape_isNotObservedBeforeItsRowsAre() {
    state.observeMeanwhile();

    String observed =
        "model_drift_exporter_payloads_total{outcome=\"observed\",protocol=\"v1\",reason=\"\"}";
    assertThat(server.get("/metrics")).contains(observed + " 900.0\n");
    assertThat(server.get("/metrics")).contains(observed + " 901.0\n");
  }

  @Test
  void exclude_andBaselinePath_shareTheSeriesOutBetweenThem() {
    state.models = List.of(Models.flights(), Models.learning());

    assertThat(server.get("/metrics?exclude=baseline"))
        .contains("model_feature_values_total", "jvm_memory_used_bytes")
        .doesNotContain("model_feature_baseline_values", "model_baseline_info");
    assertThat(server.get("/metrics/baseline"))
        .contains("model_feature_baseline_values", "model_baseline_info", "model_feature_bin_step")
        .doesNotContain("model_feature_values_total", "jvm_", "model_drift_exporter_");
  }

  @Test
  void sameName_asInputAndOutput_isTwoSeries() {
    BaselineColumn output =
        new BaselineColumn(
            "airline", Role.OUTPUT, AIRLINE.layout(), AIRLINE.counts(), 0, 0, List.of(), 1);
    state.models = List.of(Models.fresh(AIRLINE, output));

    assertThat(server.get("/metrics"))
        .contains(count("airline", "AA"))
        .contains(count("airline", "AA").replace("input", "output"));
  }

  @Test
  void hostileNames_stayValidAndApart() {
    String half = "\uD83D";
    BaselineColumn column =
        new BaselineColumn(
            "quote\" back\\slash\nline",
            Role.INPUT,
            CategoricalLayout.of(List.of(half + "a", half + half + "a"), new long[0]),
            BinnedCounts.zero(6),
            0,
            0,
            List.of(),
            1);
    ModelSnapshot longName =
        Models.ready(
            Models.facts(ModelKey.of("é".repeat(300)), 0),
            Models.baseline(column),
            List.of(BinnedCounts.zero(6)));
    state.models = List.of(longName);

    String scrape = server.get("/metrics");

    assertThat(scrape).contains("feature=\"quote\\\" back\\\\slash\\nline\"");
    List<String> models =
        scrape.lines().filter(line -> line.startsWith("model_inferences_total")).toList();
    assertThat(models).hasSize(1);
    String model = models.get(0).replaceAll(".*model=\"([^\"]*)\".*", "$1");
    assertThat(model).matches("é+~[0-9a-f]{16}");
    assertThat(model.getBytes(StandardCharsets.UTF_8).length).isBetween(190, 200);
    assertThat(scrape.lines().filter(line -> line.startsWith("model_feature_values_total")))
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  @Test
  void accept_choosesTheFormat() {
    state.models = List.of(Models.flights());

    assertThat(contentType("text/plain")).startsWith("text/plain; version=0.0.4");
    assertThat(contentType("application/openmetrics-text; version=1.0.0"))
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(
            contentType(
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                    + "encoding=delimited"))
        .startsWith("application/vnd.google.protobuf");
  }

  @Test
  void openMetrics_saysTypesUnitsAndEnd() {
    state.models = List.of(Models.flights());

    HttpResponse<String> response =
        server.response("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

    assertThat(response.body())
        .contains("# TYPE model_baseline info\n")
        .contains("# UNIT model_baseline_created_timestamp_seconds seconds\n")
        .endsWith("# EOF\n");
  }

  @Test
  void gzip_isUsedWhenAskedFor() throws IOException {
    HttpResponse<InputStream> response = server.stream("/metrics", "Accept-Encoding", "gzip");

    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    byte[] body = new GZIPInputStream(response.body()).readAllBytes();
    assertThat(new String(body, StandardCharsets.UTF_8))
        .contains("model_drift_exporter_payloads_received_total 1000.0\n");
  }

  private String contentType(String accept) {
    return server.stream("/metrics", "Accept", accept)
        .headers()
        .firstValue("Content-Type")
        .orElseThrow();
  }

  private static String count(String feature, String bin) {
    return "model_feature_values_total{bin=\""
        + bin
        + "\",feature=\""
        + feature
        + "\",model=\"flight-delay\",role=\"input\",version=\"3\"}";
  }

  private static String step(String bin) {
    return "model_feature_bin_step{bin=\""
        + bin
        + "\",feature=\"distance\",model=\"flight-delay\",role=\"input\",version=\"3\"}";
  }

  private static String stage(String stage) {
    return "model_drift_exporter_model_stage{model=\"fraud\",stage=\""
        + stage
        + "\",version=\"unversioned\"}";
  }

  @Test
  void outlierRows_areThoseInTheBinsThatFewBaselineRowsReach() {
    state.evaluate(Models.everything());

    assertThat(server.get("/metrics"))
        .contains("model_outlier_rows_total{model=\"flight-delay\",version=\"3\"} 40.0");
  }
}
