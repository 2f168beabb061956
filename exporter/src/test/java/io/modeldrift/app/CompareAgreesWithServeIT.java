package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gate of a pipeline and the sidecar must not disagree about the same rows. */
class CompareAgreesWithServeIT {

  private static final List<String> COLUMNS =
      List.of("airline", "distance", "departure_delay", "taxi_out", "air_time");
  private static final int BASELINE_ROWS = 6_000;
  private static final int ROWS = 3_000;

  @TempDir private Path directory;

  private record Table(List<String> header, List<List<String>> rows) {

    String csv() {
      return String.join(",", header)
          + "\n"
          + rows.stream().map(row -> String.join(",", row) + "\n").collect(Collectors.joining());
    }

    /** One native record a row; numbers as numbers, empty cells as null. */
    String records() {
      return rows.stream().map(this::record).collect(Collectors.joining("\n"));
    }

    private String record(List<String> row) {
      return IntStream.range(0, header.size())
          .mapToObj(i -> "\"" + header.get(i) + "\":" + json(header.get(i), row.get(i)))
          .collect(Collectors.joining(",", "{\"model\":\"flights\",\"features\":{", "}}"));
    }

    private static String json(String column, String cell) {
      if (cell.isEmpty()) {
        return "null";
      }
      return column.equals("airline") ? "\"" + cell + "\"" : cell;
    }
  }

  private static Table flights(int skip, int count) throws IOException {
    try (InputStream file =
            Objects.requireNonNull(
                CompareAgreesWithServeIT.class.getResourceAsStream("demo/flights.csv.gz"));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      List<String> header = Arrays.asList(lines.readLine().split(",", -1));
      int[] wanted = COLUMNS.stream().mapToInt(header::indexOf).toArray();
      List<List<String>> rows =
          lines
              .lines()
              .skip(skip)
              .limit(count)
              .map(line -> line.split(",", -1))
              .map(cells -> Arrays.stream(wanted).mapToObj(i -> cells[i]).toList())
              .toList();
      return new Table(COLUMNS, rows);
    }
  }

  private static String run(String... arguments) throws IOException, InterruptedException {
    Process process = ExporterProcess.command(List.of(arguments)).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void sameRows_haveTheSameScoresInBoth() throws Exception {
    Table current = flights(40_000, ROWS);
    Path baselineRows =
        Files.writeString(directory.resolve("a.csv"), flights(0, BASELINE_ROWS).csv());
    Path currentRows = Files.writeString(directory.resolve("b.csv"), current.csv());
    Path baseline = directory.resolve("flights.json");
    run(
        "baseline",
        "build",
        baselineRows.toString(),
        "--model",
        "flights",
        "-o",
        baseline.toString());
    JsonNode compared =
        JsonMapper.shared()
            .readTree(
                run("compare", baseline.toString(), currentRows.toString(), "--output", "json"));
    Path config =
        Files.writeString(
            directory.resolve("exporter.yaml"),
            "evaluation: {interval: 5s}\nmodels: [{name: flights, baseline: flights.json}]\n");

    try (ExporterProcess exporter = ExporterProcess.serve("--config", config.toString())) {
      assertThat(exporter.post("/api/v1/inferences", current.records()).statusCode())
          .isEqualTo(200);
      Scrape scrape = exporter.scrapeUntil(s -> s.sum("model_window_rows", "window", "1h") == ROWS);

      int scores = 0;
      for (Scrape.Sample sample : scrape.all("model_feature_drift_score", "window", "1h")) {
        String column = Objects.requireNonNull(sample.labels().get("feature"));
        String measure = Objects.requireNonNull(sample.labels().get("measure"));
        assertThat(sample.value())
            .as("%s of %s", measure, column)
            .isCloseTo(score(compared, column, measure), within(1e-12));
        scores++;
      }
      assertThat(scores).isEqualTo((COLUMNS.size() + 1) * 3);
    }
  }

  private static double score(JsonNode compared, String column, String measure) {
    for (JsonNode candidate : compared.get("columns")) {
      if (candidate.get("name").asString().equals(column)) {
        return candidate.get("measures").get(measure).get("score").asDouble();
      }
    }
    throw new AssertionError("compare says nothing about " + column);
  }
}
