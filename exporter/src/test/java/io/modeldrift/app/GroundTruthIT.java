package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ground truth over real HTTP into the real jar, with real flights and a real Prometheus. */
class GroundTruthIT {

  private static final int FLIGHTS = 6_000;
  private static final int PER_PAYLOAD = 500;
  private static final Pattern VALUE = Pattern.compile("\"value\":\\[[^,]*,\"([^\"]*)\"\\]");
  private static final String CONFIG =
      """
      evaluation: {interval: 5s}
      ground_truth: {path: store}
      models:
        - name: late
          output: {kind: binary, score: probability, threshold: 0.5}
          segments: [airline]
          columns:
            airline: {allowed: [AA, DL, WN]}
        - name: minutes
          output: {kind: regression}
      """;

  @TempDir private Path directory;

  /** What two simple models say about a flight, and what turned out. */
  private record Scored(
      String airline, double score, boolean late, double predicted, double minutes) {

    boolean right() {
      return (score >= 0.5) == late;
    }
  }

  private static List<Scored> flights() throws IOException {
    try (InputStream file =
            Objects.requireNonNull(
                GroundTruthIT.class.getResourceAsStream("demo/flights.csv.gz"), "bundled flights");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      List<String> header = Arrays.asList(lines.readLine().split(",", -1));
      int airline = header.indexOf("airline");
      int distance = header.indexOf("distance");
      int delay = header.indexOf("departure_delay");
      int yesterday = header.indexOf("airline_delay_yesterday");
      int minutes = header.indexOf("air_time");
      return lines
          .lines()
          .map(line -> line.split(",", -1))
          .filter(
              cells ->
                  !cells[delay].isEmpty()
                      && !cells[minutes].isEmpty()
                      && !cells[yesterday].isEmpty()
                      && !cells[distance].isEmpty())
          .limit(FLIGHTS)
          .map(
              cells ->
                  new Scored(
                      cells[airline],
                      Math.min(1, Math.max(0, Double.parseDouble(cells[yesterday]) / 40)),
                      Double.parseDouble(cells[delay]) > 15,
                      20 + Double.parseDouble(cells[distance]) / 8,
                      Double.parseDouble(cells[minutes])))
          .toList();
    }
  }

  private ExporterProcess serve() throws IOException {
    Path config = directory.resolve("exporter.yaml");
    Files.writeString(config, CONFIG);
    return ExporterProcess.serve("--config", config.toString());
  }

  private static void predict(ExporterProcess exporter, List<Scored> flights, int first)
      throws Exception {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < flights.size(); i++) {
      Scored flight = flights.get(i);
      body.append(
          String.format(
              Locale.ROOT,
              "{\"model\":\"late\",\"id\":\"f%d\",\"features\":{\"airline\":\"%s\"},"
                  + "\"prediction\":{\"probability\":%s}}%n"
                  + "{\"model\":\"minutes\",\"id\":\"f%d\",\"features\":{\"airline\":\"%s\"},"
                  + "\"prediction\":%s}%n",
              first + i,
              flight.airline(),
              flight.score(),
              first + i,
              flight.airline(),
              flight.predicted()));
    }
    assertThat(exporter.post("/api/v1/inferences", body.toString()).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> report(
      ExporterProcess exporter, List<Scored> flights, int first) throws Exception {
    StringBuilder body = new StringBuilder("model,inference_id,actual\n");
    for (int i = 0; i < flights.size(); i++) {
      Scored flight = flights.get(i);
      body.append("late,f" + (first + i) + "," + flight.late() + "\n");
      body.append("minutes,f" + (first + i) + "," + flight.minutes() + "\n");
    }
    HttpResponse<String> answer =
        exporter.post("/api/v1/ground-truth", body.toString(), "Content-Type", "text/csv");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private interface Sender {
    void send(ExporterProcess exporter, List<Scored> flights, int first) throws Exception;
  }

  private static void each(ExporterProcess exporter, List<Scored> flights, Sender sender)
      throws Exception {
    for (int first = 0; first < flights.size(); first += PER_PAYLOAD) {
      int end = Math.min(flights.size(), first + PER_PAYLOAD);
      sender.send(exporter, flights.subList(first, end), first);
    }
  }

  private static double sum(List<Scored> flights, ToDoubleFunction<Scored> number) {
    return flights.stream().mapToDouble(number).sum();
  }

  @Test
  void performance_fromCounters_inTheProcessAndByHand_isTheSame() throws Exception {
    List<Scored> flights = flights();
    double n = flights.size();
    double accuracy = flights.stream().filter(Scored::right).count() / n;
    double mae = sum(flights, f -> Math.abs(f.predicted() - f.minutes())) / n;
    double rmse = Math.sqrt(sum(flights, f -> Math.pow(f.predicted() - f.minutes(), 2)) / n);
    double bias = sum(flights, f -> f.predicted() - f.minutes()) / n;
    double mean = sum(flights, Scored::minutes) / n;
    double r2 = 1 - n * rmse * rmse / sum(flights, f -> Math.pow(f.minutes() - mean, 2));
    Map<String, Double> errors = Map.of("mae", mae, "rmse", rmse, "bias", bias, "r2", r2);

    try (ExporterProcess exporter = serve()) {
      each(exporter, flights, GroundTruthIT::predict);
      each(exporter, flights, (to, part, first) -> report(to, part, first));
      Scrape scrape =
          exporter.scrapeUntil(
              s -> scored(s, "late") == FLIGHTS && scored(s, "minutes") == FLIGHTS);

      assertThat(inProcess(scrape, "late", "accuracy")).isCloseTo(accuracy, within(1e-12));
      errors.forEach(
          (metric, value) ->
              assertThat(inProcess(scrape, "minutes", metric))
                  .as(metric)
                  .isCloseTo(value, within(1e-9)));
      checkCounters(scrape, flights);
      checkLosses(scrape, flights);
      checkSegments(scrape, flights);
      checkPrometheus(exporter, accuracy, errors);
    }
  }

  private static double scored(Scrape scrape, String model) {
    return scrape.sum("model_performance_rows", "model", model, "segment", "all", "window", "1h");
  }

  private static double inProcess(Scrape scrape, String model, String metric) {
    return scrape.sum(
        "model_performance", "model", model, "metric", metric, "segment", "all", "window", "1h");
  }

  private static void checkCounters(Scrape scrape, List<Scored> flights) {
    for (boolean predicted : new boolean[] {false, true}) {
      for (boolean actual : new boolean[] {false, true}) {
        double expected =
            (double)
                flights.stream()
                    .filter(f -> (f.score() >= 0.5) == predicted && f.late() == actual)
                    .count();
        assertThat(
                scrape.sum(
                    "model_predictions_scored_total",
                    "segment",
                    "all",
                    "predicted",
                    predicted ? "1" : "0",
                    "actual",
                    actual ? "1" : "0"))
            .isEqualTo(expected);
      }
    }
    assertThat(scrape.sum("model_ground_truth_total", "outcome", "matched"))
        .isEqualTo(2.0 * FLIGHTS);
    assertThat(scrape.sum("model_score_values_total")).isEqualTo(FLIGHTS);
  }

  /** What adds up over replicas gives the same as one replica, and as the rows themselves. */
  private static void checkLosses(Scrape scrape, List<Scored> flights) {
    double brier = sum(flights, f -> Math.pow(f.score() - (f.late() ? 1 : 0), 2)) / flights.size();
    double logLoss =
        sum(flights, f -> -Math.log(clipped(f.late() ? f.score() : 1 - f.score())))
            / flights.size();
    double rows = scrape.sum("model_log_loss_rows_total", "model", "late");

    assertThat(rows).isEqualTo(FLIGHTS);
    assertThat(scrape.sum("model_brier_total") / rows).isCloseTo(brier, within(1e-9));
    assertThat(scrape.sum("model_log_loss_total") / rows).isCloseTo(logLoss, within(1e-9));
    assertThat(inProcess(scrape, "late", "brier")).isCloseTo(brier, within(1e-9));
    assertThat(inProcess(scrape, "late", "log_loss")).isCloseTo(logLoss, within(1e-9));
    assertThat(scrape.sum("model_score_sum_total"))
        .isCloseTo(sum(flights, Scored::score), within(1e-6));
  }

  private static double clipped(double probability) {
    return Math.min(1 - 1e-15, Math.max(1e-15, probability));
  }

  private static void checkSegments(Scrape scrape, List<Scored> flights) {
    for (String airline : List.of("AA", "DL", "WN")) {
      assertThat(scrape.sum("model_predictions_scored_total", "segment", "airline=" + airline))
          .isEqualTo((double) flights.stream().filter(f -> f.airline().equals(airline)).count());
    }
  }

  /** The formulas of the recording rules, over everything instead of a window. */
  private static String promql(String metric) {
    return switch (metric) {
      case "mae" -> "error_absolute / error_count";
      case "rmse" -> "sqrt(error_squared / error_count)";
      case "bias" -> "(2 * error_over - error_absolute) / error_count";
      default ->
          "1 - error_squared / (truth_squared - (truth_above - truth_below) ^ 2 / error_count)";
    };
  }

  private void checkPrometheus(
      ExporterProcess exporter, double accuracy, Map<String, Double> errors) throws Exception {
    Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: exporter
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """
            .formatted(exporter.address().getPort()));
    int port = freePort();
    Process prometheus =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    try {
      String scored = "model_predictions_scored_total{segment=\"all\"}";
      String right =
          "sum(label_replace(%s, \"class\", \"$1\", \"predicted\", \"(.*)\") and on (predicted,"
              + " actual, class) label_replace(%s, \"class\", \"$1\", \"actual\", \"(.*)\"))";
      assertThat(eventually(port, right.formatted(scored, scored) + " / sum(" + scored + ")"))
          .isCloseTo(accuracy, within(1e-12));
      for (Map.Entry<String, Double> error : errors.entrySet()) {
        String query =
            promql(error.getKey())
                .replaceAll("(error|truth)_\\w+", "model_regression_$0_total{segment=\"all\"}");
        assertThat(eventually(port, query))
            .as(error.getKey())
            .isCloseTo(error.getValue(), within(1e-9));
      }
    } finally {
      prometheus.destroy();
      assertThat(prometheus.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Asks until there is an answer with a value, which needs a scrape. */
  private static double eventually(int port, String promql) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI query =
        URI.create(
            "http://127.0.0.1:"
                + port
                + "/api/v1/query?query="
                + URLEncoder.encode(promql, StandardCharsets.UTF_8));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      try {
        String answer =
            client.send(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString()).body();
        Matcher value = VALUE.matcher(answer);
        if (value.find()) {
          return Double.parseDouble(value.group(1));
        }
      } catch (IOException e) {
        // not listening yet
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError("no value for " + promql);
  }

  @Test
  void killedInTheMiddleOfJoining_losesNothingOlderThanTheLastFlush() throws Exception {
    List<Scored> flights = flights().subList(0, 2_000);
    List<Scored> joined = flights.subList(0, PER_PAYLOAD);
    try (ExporterProcess exporter = serve()) {
      each(exporter, flights, GroundTruthIT::predict);
      report(exporter, joined, 0);
      // Written about once a second; the file is there when nothing has changed for a while.
      awaitQuietFile();
      exporter.process().destroyForcibly();
      assertThat(exporter.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    try (ExporterProcess exporter = serve()) {
      assertThat(exporter.scrape().sum("model_drift_exporter_truth_store_state")).isEqualTo(1);
      assertThat(report(exporter, joined, 0).body())
          .as("joined before: still known")
          .contains("\"duplicate\":" + 2 * PER_PAYLOAD);
      List<String> answers = new ArrayList<>();
      each(
          exporter,
          flights.subList(PER_PAYLOAD, flights.size()),
          (to, part, first) -> answers.add(report(to, part, first + PER_PAYLOAD).body()));
      assertThat(answers.stream().collect(Collectors.toSet()))
          .containsExactly(
              "{\"received\":" + 2 * PER_PAYLOAD + ",\"matched\":" + 2 * PER_PAYLOAD + "}\n");
    }
  }

  /** Until nothing has been written for two seconds: then everything has. */
  private void awaitQuietFile() throws Exception {
    Path file = directory.resolve("store/predictions.mv");
    long changed = -1;
    int quiet = 0;
    for (int i = 0; quiet < 4 && i < 40; i++) {
      TimeUnit.MILLISECONDS.sleep(500);
      long now = Files.getLastModifiedTime(file).toMillis();
      quiet = now == changed ? quiet + 1 : 0;
      changed = now;
    }
    assertThat(quiet).as("the file is written no more").isEqualTo(4);
  }

  @Test
  void fullDisk_meansMemory_andNothingCrashes() throws Exception {
    Files.writeString(directory.resolve("exporter.yaml"), CONFIG);
    List<String> command =
        ExporterProcess.command(
                List.of(
                    "serve",
                    "--listen",
                    "127.0.0.1:0",
                    "--config",
                    directory.resolve("exporter.yaml").toString()))
            .command();
    // No file of this process may grow beyond 300 blocks of 1 KiB: writing then fails.
    String limited =
        "ulimit -f 300; exec "
            + command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    try (ExporterProcess exporter =
        ExporterProcess.of(new ProcessBuilder("bash", "-c", limited).redirectErrorStream(true))) {
      List<Scored> flights = flights();
      each(exporter, flights, GroundTruthIT::predict);
      each(exporter, flights, GroundTruthIT::predict);
      exporter.scrapeUntil(
          s ->
              s.sum(
                      "model_drift_exporter_truth_store_state",
                      "model_drift_exporter_truth_store_state",
                      "degraded")
                  == 1);
      List<Scored> more = flights.subList(0, 10);
      predict(exporter, more, 1_000_000);

      assertThat(report(exporter, more, 1_000_000).body()).contains("\"matched\":20");
    }
  }
}
