package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Real flights over real HTTP into the real jar; every number is worked out here once more, with
 * none of the exporter's classes.
 */
class FlightsIT {

  private static final int LEARNED = 5_000;
  private static final int SENT = 20_000;
  private static final int PER_PAYLOAD = 500;

  private record FlightRow(String airline, String distance, String taxiOut) {}

  private static List<FlightRow> flights() throws IOException {
    try (InputStream file =
            Objects.requireNonNull(
                FlightsIT.class.getResourceAsStream("demo/flights.csv.gz"), "bundled flights");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      List<String> header = Arrays.asList(lines.readLine().split(",", -1));
      int airline = header.indexOf("airline");
      int distance = header.indexOf("distance");
      int taxiOut = header.indexOf("taxi_out");
      return lines
          .lines()
          .limit(LEARNED + SENT)
          .map(line -> line.split(",", -1))
          .map(cells -> new FlightRow(cells[airline], cells[distance], cells[taxiOut]))
          .toList();
    }
  }

  private static String payload(List<FlightRow> rows) {
    return rows.stream()
        .map(
            row ->
                "{\"model\":\"flights\",\"features\":{\"airline\":\""
                    + row.airline()
                    + "\",\"distance\":"
                    + (row.distance().isEmpty() ? "null" : row.distance())
                    + ",\"taxi_out\":"
                    + (row.taxiOut().isEmpty() ? "null" : row.taxiOut())
                    + "}}")
        .collect(Collectors.joining("\n"));
  }

  private static void send(ExporterProcess exporter, List<FlightRow> rows) throws Exception {
    for (int i = 0; i < rows.size(); i += PER_PAYLOAD) {
      List<FlightRow> batch = rows.subList(i, Math.min(rows.size(), i + PER_PAYLOAD));
      assertThat(exporter.post("/api/v1/inferences", payload(batch)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void countsAndScores_areThoseOfAnIndependentComputation() throws Exception {
    List<FlightRow> flights = flights();
    List<FlightRow> learned = flights.subList(0, LEARNED);
    List<FlightRow> sent = flights.subList(LEARNED, LEARNED + SENT);

    try (ExporterProcess exporter =
        ExporterProcess.serve(
            "--set", "evaluation.interval=5s", "--set", "learning.rows=" + LEARNED)) {
      send(exporter, learned);
      send(exporter, sent);
      Scrape scrape =
          exporter.scrapeUntil(
              s -> s.sum("model_window_rows", "model", "flights", "window", "1d") == SENT);

      assertThat(scrape.sum("model_inferences_total", "model", "flights"))
          .isEqualTo(LEARNED + SENT);
      assertThat(scrape.sum("model_drift_exporter_payloads_received_total"))
          .isEqualTo((LEARNED + SENT) / PER_PAYLOAD);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "outcome", "observed"))
          .isEqualTo((LEARNED + SENT) / PER_PAYLOAD);
      checkNumeric(scrape, "distance", learned, sent, row -> number(row.distance()));
      checkNumeric(scrape, "taxi_out", learned, sent, row -> number(row.taxiOut()));
      checkAirlines(scrape, learned, sent);
    }
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  /** The edges are read from the labels of the baseline's series; the rest is counted here. */
  private static void checkNumeric(
      Scrape scrape,
      String feature,
      List<FlightRow> learned,
      List<FlightRow> sent,
      ToDoubleFunction<FlightRow> value) {
    Map<String, long[]> expected = new TreeMap<>();
    for (Scrape.Sample bin :
        scrape.all("model_feature_baseline_values", "model", "flights", "feature", feature)) {
      String name = Objects.requireNonNull(bin.labels().get("bin"));
      String lower = bin.labels().getOrDefault("lower", "");
      String upper = bin.labels().getOrDefault("upper", "");
      boolean last = isLastInterval(scrape, feature, name);
      expected.put(
          name,
          new long[] {
            count(learned, value, name, lower, upper, last),
            count(sent, value, name, lower, upper, last)
          });
    }

    assertThat(expected).hasSizeGreaterThan(8);
    compare(scrape, feature, expected);
  }

  /** The last interval is closed on both sides; overflow starts above it. */
  private static boolean isLastInterval(Scrape scrape, String feature, String bin) {
    if (bin.startsWith("__")) {
      return false;
    }
    String next = String.format("%02d", Integer.parseInt(bin) + 2);
    String overflow = String.format("%02d", Integer.parseInt(bin) + 1);
    return scrape.all("model_feature_baseline_values", "feature", feature, "bin", next).isEmpty()
        && !scrape
            .all("model_feature_baseline_values", "feature", feature, "bin", overflow)
            .isEmpty();
  }

  private static long count(
      List<FlightRow> rows,
      ToDoubleFunction<FlightRow> value,
      String bin,
      String lower,
      String upper,
      boolean last) {
    if (bin.equals("__missing__")) {
      return rows.stream().filter(row -> Double.isNaN(value.applyAsDouble(row))).count();
    }
    if (bin.startsWith("__")) {
      return 0;
    }
    double from = edge(lower);
    double to = edge(upper);
    boolean overflow = to == Double.POSITIVE_INFINITY;
    return rows.stream()
        .mapToDouble(value)
        .filter(x -> overflow ? x > from : x >= from && (last ? x <= to : x < to))
        .count();
  }

  private static double edge(String label) {
    return Double.parseDouble(label.replace("Inf", "Infinity"));
  }

  private static void checkAirlines(Scrape scrape, List<FlightRow> learned, List<FlightRow> sent) {
    Map<String, long[]> expected = new TreeMap<>();
    for (FlightRow row : learned) {
      expected.computeIfAbsent(row.airline(), key -> new long[2])[0]++;
    }
    for (FlightRow row : sent) {
      expected.computeIfAbsent(row.airline(), key -> new long[2])[1]++;
    }

    assertThat(expected).hasSizeBetween(10, 20);
    compare(scrape, "airline", expected);
  }

  private static void compare(Scrape scrape, String feature, Map<String, long[]> expected) {
    String[] column = {"model", "flights", "feature", feature, "role", "input"};
    expected.forEach(
        (bin, counts) -> {
          assertThat(scrape.sum("model_feature_baseline_values", with(column, "bin", bin)))
              .as("baseline rows of %s in %s", feature, bin)
              .isEqualTo((double) counts[0]);
          assertThat(scrape.sum("model_feature_values_total", with(column, "bin", bin)))
              .as("rows of %s in %s", feature, bin)
              .isEqualTo((double) counts[1]);
        });
    assertThat(
            scrape
                .value("model_feature_drift_score", with(column, "measure", "psi", "window", "1d"))
                .orElseThrow())
        .isCloseTo(psi(expected.values()), within(1e-9));
  }

  /** Half a row is added to every bin in use, so that an empty one cannot make the sum infinite. */
  private static double psi(Iterable<long[]> bins) {
    double used = 0;
    double baselineRows = 0;
    double currentRows = 0;
    for (long[] bin : bins) {
      used += bin[0] + bin[1] > 0 ? 1 : 0;
      baselineRows += bin[0];
      currentRows += bin[1];
    }
    double sum = 0;
    for (long[] bin : bins) {
      if (bin[0] + bin[1] > 0) {
        double p = (bin[0] + 0.5) / (baselineRows + used / 2);
        double q = (bin[1] + 0.5) / (currentRows + used / 2);
        sum += (q - p) * Math.log(q / p);
      }
    }
    return sum;
  }

  private static String[] with(String[] labels, String... more) {
    List<String> all = new ArrayList<>(List.of(labels));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }
}
