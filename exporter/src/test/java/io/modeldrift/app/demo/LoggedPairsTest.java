package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggedPairsTest {

  private static final String PATH = "/v1/models/air-time:predict";
  private static final Instant ASKED = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant ANSWERED = Instant.parse("2030-01-01T00:00:00.040Z");

  @Test
  void exchange_isTwoEventsWithOneIdAndTheTimesOfBoth() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        LoggedPairs copies = new LoggedPairs(exporter.address(), 100)) {
      copies.offer(exchange(PATH, "asked", 200, "answered"));

      RecordingServer.Received request = exporter.next();
      assertThat(request.path()).isEqualTo(PATH);
      assertThat(request.contentType()).isEqualTo("application/json");
      assertThat(request.body()).isEqualTo("asked");
      assertThat(request.event()).isEqualTo(event("request", ASKED));
      RecordingServer.Received response = exporter.next();
      assertThat(response.body()).isEqualTo("answered");
      assertThat(response.event()).isEqualTo(event("response", ANSWERED));
      assertThat(copies.lost()).isZero();
    }
  }

  @Test
  void refusal_isARequestWithoutResponse() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        LoggedPairs copies = new LoggedPairs(exporter.address(), 100)) {
      copies.offer(exchange(PATH, "first", 400, "refused"));
      copies.offer(exchange(PATH, "second", 200, "answered"));

      assertThat(exporter.next().body()).isEqualTo("first");
      assertThat(exporter.next().body()).isEqualTo("second");
    }
  }

  @Test
  void explanation_isItsResponseAlone() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        LoggedPairs copies = new LoggedPairs(exporter.address(), 100)) {
      copies.offer(exchange("/v1/models/air-time/versions/2:explain", "why", 200, "because"));

      RecordingServer.Received response = exporter.next();
      assertThat(response.path()).isEqualTo("/v1/models/air-time/versions/2:explain");
      assertThat(response.body()).isEqualTo("because");
      assertThat(response.event()).isEqualTo(event("response", ANSWERED));
    }
  }

  @Test
  void healthCheck_isNotCopied() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        LoggedPairs copies = new LoggedPairs(exporter.address(), 100)) {
      copies.offer(exchange("/v1/models", "", 200, "{}"));
      copies.offer(exchange(PATH, "asked", 200, "answered"));

      assertThat(exporter.next().body()).isEqualTo("asked");
    }
  }

  @Test
  void moreBytesThanMayWait_areLostAndCounted() throws Exception {
    try (RecordingServer exporter = RecordingServer.hanging();
        LoggedPairs copies = new LoggedPairs(exporter.address(), 10)) {
      copies.offer(exchange(PATH, "123", 200, "45"));
      copies.offer(exchange(PATH, "678", 200, "90"));
      copies.offer(exchange(PATH, "", 200, "x"));

      assertThat(copies.lost()).isEqualTo(1);
      assertThat(exporter.next().body()).isEqualTo("123");
    }
  }

  @Test
  void bytesOfADeliveredCopy_areFreeAgain() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        LoggedPairs copies = new LoggedPairs(exporter.address(), 10)) {
      // A copy that arrives says that the one before it is done with.
      for (String body : new String[] {"12345", "67890", "abcde", "fghij"}) {
        copies.offer(exchange(PATH, body, 400, ""));
        assertThat(exporter.next().body()).isEqualTo(body);
      }

      assertThat(copies.lost()).isZero();
    }
  }

  private static Map<String, String> event(String half, Instant time) {
    return Map.of(
        "specversion", "1.0",
        "id", "id",
        "type", "org.kubeflow.serving.inference." + half,
        "source", "demo-mirror",
        "time", time.toString(),
        "inferenceservicename", "air-time");
  }

  private static MirroredExchange exchange(String path, String request, int status, String answer) {
    return new MirroredExchange(
        "id",
        path,
        "application/json",
        ASKED,
        request.getBytes(StandardCharsets.UTF_8),
        status,
        ANSWERED,
        answer.getBytes(StandardCharsets.UTF_8));
  }
}
