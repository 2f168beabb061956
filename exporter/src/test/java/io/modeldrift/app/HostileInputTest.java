package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.InferenceBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that is made to hurt: each kind meets a cap and a counter, and nothing else suffers. */
class HostileInputTest {

  private static final String MIRROR = "/v1/models/m:predict";
  private static final String NATIVE = "/api/v1/inferences";

  @TempDir private Path directory;
  private Optional<RunningExporter> running = Optional.empty();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void start() throws Exception {
    running =
        Optional.of(
            new RunningExporter(
                directory,
                """
                learning: {rows: 100}
                limits: {models: 5}
                models:
                  - {name: scored, output: {kind: binary, score: score}, segments: [town]}
                """));
  }

  /** Whatever came: the books balance, no bug was met, and a sound payload is still observed. */
  @AfterEach
  void nothingElseSuffers() throws Exception {
    try {
      Scrape before = settled();
      assertThat(post(NATIVE, "{\"model\":\"sound\",\"features\":{\"x\":1}}").statusCode())
          .isIn(200, 503);
      Scrape scrape = settled();
      assertThat(scrape.sum("model_drift_exporter_payloads_total"))
          .isEqualTo(before.sum("model_drift_exporter_payloads_total") + 1);
      assertThat(scrape.sum("model_drift_exporter_payloads_total", "reason", "internal")).isZero();
      assertThat(scrape.samples()).hasSizeLessThan(50_000);
    } finally {
      running.orElseThrow().close();
    }
  }

  private URI address() {
    return running.orElseThrow().address();
  }

  private Scrape settled() throws IOException, InterruptedException {
    Scrape scrape = scrape();
    while (scrape.sum("model_drift_exporter_payloads_waiting") > 0) {
      scrape = scrape();
    }
    return scrape;
  }

  private Scrape scrape() throws IOException, InterruptedException {
    return Scrape.parse(get("/metrics"));
  }

  private String get(String path) throws IOException, InterruptedException {
    URI uri = address().resolve(path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private HttpResponse<String> post(String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(path)).POST(BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private double rejected(String reason) throws IOException, InterruptedException {
    return settled().sum("model_drift_exporter_payloads_total", "reason", reason);
  }

  private static String joined(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
  }

  @Test
  void compressedBomb_isRejectedAsTooLarge() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        gzip.write(zeros);
      }
    }
    assertThat(post(MIRROR, bomb.toByteArray(), "Content-Encoding", "gzip").statusCode())
        .isEqualTo(200);
    assertThat(rejected("too_large")).isEqualTo(1);
  }

  @Test
  void deepNesting_isRejected() throws Exception {
    post(MIRROR, "{\"instances\":" + "[".repeat(400_000));
    post(MIRROR, "{\"a\":".repeat(100_000));
    assertThat(settled().sum("model_drift_exporter_payloads_total", "outcome", "rejected"))
        .isEqualTo(2);
  }

  @Test
  void hugeNumbers_areCountedOrRejected_quickly() throws Exception {
    post(NATIVE, "{\"model\":\"m\",\"features\":{\"x\":" + "9".repeat(900_000) + "}}");
    post(NATIVE, "{\"model\":\"m\",\"features\":{\"x\":1e999999999}}");
    post(NATIVE, "{\"model\":\"m\",\"features\":{\"x\":0." + "0".repeat(900_000) + "1}}");
    assertThat(settled().sum("model_drift_exporter_payloads_total")).isEqualTo(3);
  }

  @Test
  void giantKeys_becomeNeitherLabelsNorColumns() throws Exception {
    String key = "k".repeat(500_000);
    for (int i = 0; i < 110; i++) {
      post(NATIVE, "{\"model\":\"m\",\"features\":{\"" + key + i + "\":" + i + "}}");
      post(
          "/v2/models/m/infer",
          "{\"inputs\":[{\"name\":\"%s\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[1,2,3]}]}"
              .formatted(key + i));
    }
    Scrape scrape = settled();
    assertThat(
            scrape.sum(
                "model_schema_violations_total", "model", "m", "reason", "too_many_features"))
        .isGreaterThanOrEqualTo(220);
    assertThat(get("/metrics").lines().mapToInt(String::length).max().orElse(0)).isLessThan(1_500);
  }

  @Test
  void invalidUtf8_isRejected() throws Exception {
    byte[] body = "{\"instances\":[[\"XX\"]]}".getBytes(StandardCharsets.UTF_8);
    body[16] = (byte) 0xC3;
    body[17] = (byte) 0x28;
    assertThat(post(MIRROR, body).statusCode()).isEqualTo(200);
    assertThat(rejected("bad_utf8")).isEqualTo(1);
  }

  @Test
  void floodOfHeaders_isRefusedBeforeItIsAPayload() throws Exception {
    StringBuilder request = new StringBuilder("POST " + MIRROR + " HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 2_000; i++) {
      request.append("X-Flood-").append(i).append(": ").append("v".repeat(50)).append("\r\n");
    }
    request.append("Content-Length: 0\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address().getPort())) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 431");
    }
    Scrape scrape = settled();
    assertThat(scrape.sum("model_drift_exporter_payloads_received_total")).isZero();
    assertThat(scrape.sum("model_drift_exporter_requests_refused_total", "reason", "malformed"))
        .isEqualTo(1);
  }

  @Test
  void idOfAMegabyte_isNotKept() throws Exception {
    String body =
        "{\"id\":\""
            + "i".repeat(900_000)
            + "\",\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}";
    Decoded decoded =
        Decoders.standard(DecodeSettings.defaults())
            .decode(
                new Payload(
                    Payload.Door.MIRROR,
                    "/v2/models/m/infer",
                    PayloadHeaders.none(),
                    body.getBytes(StandardCharsets.UTF_8),
                    Instant.EPOCH));
    EventKey event = ((Decoded.Inferences) decoded).batches().get(0).event();
    assertThat(Objects.requireNonNull(event).pairing())
        .isNotEmpty()
        .allSatisfy(key -> assertThat(key.id().length()).isLessThan(300));

    post("/v2/models/m/infer", body);
    assertThat(settled().sum("model_drift_exporter_pairs_waiting")).isEqualTo(1);
  }

  @Test
  void idOfAMegabyte_stillFindsItsOutcome() throws Exception {
    String id = "i".repeat(900_000);
    post(
        NATIVE,
        "{\"model\":\"scored\",\"inference_id\":\""
            + id
            + "\",\"features\":{\"town\":\"Bath\"},\"prediction\":{\"score\":0.9}}");
    settled();

    HttpResponse<String> answer =
        post(
            "/api/v1/ground-truth",
            "{\"model\":\"scored\",\"inference_id\":\"" + id + "\",\"actual\":1}");
    assertThat(answer.body()).contains("matched");
  }

  @Test
  void manyModelsAndVersions_areCapped() throws Exception {
    for (int i = 0; i < 50; i++) {
      post(MIRROR.replace("models/m", "models/m" + i), "{\"instances\":[[1]]}");
      post(NATIVE, "{\"model\":\"m\",\"version\":\"" + i + "\",\"features\":{\"x\":1}}");
    }
    Scrape scrape = settled();
    assertThat(scrape.samples().stream().filter(s -> s.name().equals("model_inferences_total")))
        .hasSize(5);
    assertThat(scrape.sum("model_drift_exporter_payloads_total", "reason", "model_limit"))
        .isEqualTo(95);
    assertThat(scrape.sum("model_drift_exporter_series_refused_total")).isEqualTo(95);
  }

  @Test
  void manyFeatures_areCapped() throws Exception {
    for (int row = 0; row < 120; row++) {
      int offset = row;
      String features = joined(1_200, i -> "\"f" + (offset * 1_200 + i) + "\":" + i);
      post(NATIVE, "{\"model\":\"m\",\"features\":{" + features + "}}");
    }
    Scrape scrape = settled();
    long features =
        scrape.samples().stream()
            .filter(s -> s.name().equals("model_feature_violations_total"))
            .map(s -> s.labels().get("feature"))
            .distinct()
            .count();
    assertThat(features).isLessThanOrEqualTo(InferenceBatch.MAX_COLUMNS + 1);
    assertThat(scrape.sum("model_schema_violations_total", "reason", "too_many_features"))
        .isPositive();
  }

  @Test
  void manyCategories_shareBins() throws Exception {
    for (int request = 0; request < 40; request++) {
      int offset = request;
      String rows =
          IntStream.range(0, 500)
              .mapToObj(
                  i ->
                      "{\"model\":\"m\",\"features\":{\"c\":\"category "
                          + (offset * 500 + i)
                          + "\"}}")
              .collect(Collectors.joining("\n"));
      post(NATIVE, rows);
    }
    Scrape scrape = settled();
    assertThat(
            scrape.samples().stream()
                .filter(s -> s.name().equals("model_feature_values_total"))
                .filter(s -> "c".equals(s.labels().get("feature")))
                .count())
        .isLessThanOrEqualTo(60);
    assertThat(scrape.sum("model_inferences_total")).isEqualTo(20_000);
  }

  private static String segment(Scrape.Sample sample) {
    return sample.labels().getOrDefault("segment", "");
  }

  @Test
  void manySegments_areCapped_andTheRestCountsTogether() throws Exception {
    post(NATIVE, "{\"model\":\"scored\",\"features\":{\"x\":1}}");
    for (int request = 0; request < 6; request++) {
      String outcomes =
          IntStream.range(0, 500)
              .mapToObj(
                  i ->
                      "{\"model\":\"scored\",\"prediction\":{\"score\":0.9},\"actual\":1,"
                          + "\"segments\":{\"town\":\"town "
                          + i
                          + "\"}}")
              .collect(Collectors.joining("\n"));
      assertThat(post("/api/v1/ground-truth", outcomes).statusCode()).isEqualTo(200);
    }
    Scrape scrape = settled();
    Map<String, Double> scored =
        scrape.samples().stream()
            .filter(s -> s.name().equals("model_predictions_scored_total"))
            .filter(s -> segment(s).startsWith("town="))
            .collect(
                Collectors.groupingBy(
                    HostileInputTest::segment, Collectors.summingDouble(Scrape.Sample::value)));
    assertThat(scored).hasSize(51);
    assertThat(scored.values().stream().mapToDouble(n -> n).sum()).isEqualTo(3_000);
    assertThat(scored.get("town=__other__")).isGreaterThan(2_000);
  }

  @Test
  void modelNamedInOtherAlphabets_isKept_andOneThatIsNoText_becomesAValidLabel() throws Exception {
    post(MIRROR.replace("models/m", "models/%E6%A8%A1%E5%9E%8B"), "{\"instances\":[[1]]}");
    post(MIRROR.replace("models/m", "models/%FF%FE"), "{\"instances\":[[1]]}");

    Scrape scrape = settled();
    assertThat(scrape.sum("model_inferences_total", "model", "\u6a21\u578b")).isEqualTo(1);
    assertThat(scrape.sum("model_drift_exporter_payloads_total", "reason", "internal")).isZero();
    assertThat(scrape.sum("model_drift_exporter_payloads_total")).isEqualTo(2);
  }
}
