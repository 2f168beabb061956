package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Decoders;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.truth.TruthReceipt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestRoutesTest {

  private static final int BODY_BYTES = 10_000;
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          30_000, 10, BODY_BYTES, 1, Duration.ofSeconds(5), Duration.ofSeconds(10), 1);

  private final AtomicInteger rows = new AtomicInteger();
  private final CountDownLatch mayObserve = new CountDownLatch(1);
  private final Intake intake =
      new Intake(SETTINGS, new Intake.Sinks(this::observe, this::join, this::listen));
  private final HttpClient client = HttpClient.newHttpClient();
  private Javalin server = Javalin.create();

  private boolean observe(Decoded.Inferences inferences) {
    try {
      assertThat(mayObserve.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rows.addAndGet(inferences.batches().stream().mapToInt(InferenceBatch::rows).sum());
    return true;
  }

  private TruthReceipt listen(Decoded.Opinions opinions) {
    int received = opinions.feedback().size();
    return new TruthReceipt(received, Map.of("accepted", received), 0, List.of());
  }

  private TruthReceipt join(Decoded.Truths truths) {
    int received = truths.truths().size();
    return new TruthReceipt(received, Map.of("matched", received), 0, List.of());
  }

  @BeforeEach
  void start() {
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  new IngestRoutes(intake, SETTINGS, InstantSource.system()).addTo(config.routes);
                })
            .start("127.0.0.1", 0);
    intake.start(() -> Decoders.standard(DecodeSettings.defaults()));
  }

  @AfterEach
  void stop() {
    mayObserve.countDown();
    server.stop();
    intake.close();
    LedgerSnapshot books = intake.ledger();
    long ended = books.outcomes().values().stream().mapToLong(Long::longValue).sum();
    assertThat(books.received())
        .as("received = observed + ignored + rejected + dropped")
        .isEqualTo(ended);
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, body)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send("POST", path, BodyPublishers.ofString(body));
  }

  private LedgerSnapshot booksWhenDone() {
    mayObserve.countDown();
    intake.close();
    return intake.ledger();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/models/m:predict   | {"instances": [[1, 2]]}
          /v1/models/m:predict   | {"instances": [[1, 2
          /v1/models/m:predict   | not json
          /                      | something
          /any/thing?x=1         | {"a": 1}
          """)
  void mirroredPayload_isAnsweredByAnEmpty200WhateverItIs(String path, String body)
      throws Exception {
    HttpResponse<String> response = post(path, body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("0");
    assertThat(intake.ledger().received()).isEqualTo(1);
  }

  @Test
  void mirroredPayload_isAnsweredBeforeItIsObserved() throws Exception {
    post("/v1/models/m:predict", "{\"instances\": [[1, 2], [3, 4]]}");

    assertThat(rows).hasValue(0);
    assertThat(booksWhenDone().count(Outcome.OBSERVED)).isEqualTo(1);
    assertThat(rows).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "PATCH"})
  void otherMethods_areIgnoredAndCounted(String method) throws Exception {
    HttpResponse<String> response = send(method, "/v1/models/m", BodyPublishers.noBody());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(intake.ledger().count(Outcome.IGNORED)).isEqualTo(1);
  }

  @Test
  void fullQueue_dropsAndCounts_andStillAnswers200() throws Exception {
    String body = "{\"instances\": [[1, 2]]}" + " ".repeat(9_000);

    for (int i = 0; i < 8; i++) {
      assertThat(post("/v1/models/m:predict", body).statusCode()).isEqualTo(200);
    }

    LedgerSnapshot books = booksWhenDone();
    assertThat(books.received()).isEqualTo(8);
    assertThat(books.count(Outcome.DROPPED)).isBetween(4L, 6L);
    assertThat(books.count(Outcome.OBSERVED) + books.count(Outcome.DROPPED)).isEqualTo(8);
  }

  @Test
  void bodyAboveTheCap_isRejectedAndStillAnswered200() throws Exception {
    assertThat(post("/v1/models/m:predict", "x".repeat(BODY_BYTES + 1)).statusCode())
        .isEqualTo(200);

    assertThat(intake.ledger().count(Outcome.REJECTED)).isEqualTo(1);
  }

  @Test
  void api_answersWithTheNumberOfRows() throws Exception {
    mayObserve.countDown();

    HttpResponse<String> response =
        post(
            IngestRoutes.INFERENCES,
            "{\"model\":\"m\",\"features\":{\"a\":1}}\n{\"model\":\"m\",\"features\":{\"a\":2}}\n");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"rows\":2}\n");
    assertThat(rows).hasValue(2);
  }

  @Test
  void api_answersAProblemThatPointsAtThePlace() throws Exception {
    HttpResponse<String> response =
        post(
            IngestRoutes.INFERENCES,
            "[{\"model\":\"m\",\"features\":{\"a\":1}}, {\"model\":\"m\",\"features\":7}]");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(response.body()).contains("\"pointer\":\"/1/features\"").contains("\"detail\":");
    assertThat(rows).as("nothing is half applied").hasValue(0);
  }

  @Test
  void api_tooLargeOrEmpty_saysSo() throws Exception {
    assertThat(post(IngestRoutes.INFERENCES, "x".repeat(BODY_BYTES + 1)).statusCode())
        .isEqualTo(413);
    assertThat(post(IngestRoutes.INFERENCES, "").body()).isEqualTo("{\"rows\":0}\n");
  }

  @Test
  void api_withAFullQueue_answers503() throws Exception {
    String body = "{\"instances\": [[1, 2]]}" + " ".repeat(9_000);
    for (int i = 0; i < 6; i++) {
      post("/v1/models/m:predict", body);
    }

    HttpResponse<String> response = post(IngestRoutes.INFERENCES, body);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
  }
}
