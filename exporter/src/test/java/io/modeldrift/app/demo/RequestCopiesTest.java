package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RequestCopiesTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  void copies_keepTheirOrder() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        RequestCopies copies = new RequestCopies(exporter.address(), 100)) {
      copies.offer(exchange("first"));
      copies.offer(exchange("second"));

      assertThat(exporter.next().body()).isEqualTo("first");
      assertThat(exporter.next().body()).isEqualTo("second");
      assertThat(copies.lost()).isZero();
    }
  }

  @Test
  void moreBytesThanMayWait_areLostAndCounted() throws Exception {
    try (RecordingServer exporter = RecordingServer.hanging();
        RequestCopies copies = new RequestCopies(exporter.address(), 10)) {
      copies.offer(exchange("12345"));
      copies.offer(exchange("67890"));
      copies.offer(exchange("x"));

      assertThat(copies.lost()).isEqualTo(1);
      assertThat(exporter.next().body()).isEqualTo("12345");
    }
  }

  @Test
  void bytesOfADeliveredCopy_areFreeAgain() throws Exception {
    try (RecordingServer exporter = RecordingServer.answering(200);
        RequestCopies copies = new RequestCopies(exporter.address(), 10)) {
      // A copy that arrives says that the one before it is done with.
      for (String body : new String[] {"12345", "67890", "abcde", "fghij"}) {
        copies.offer(exchange(body));
        assertThat(exporter.next().body()).isEqualTo(body);
      }

      assertThat(copies.lost()).isZero();
    }
  }

  private static MirroredExchange exchange(String body) {
    return new MirroredExchange(
        "id",
        "/v1/models/air-time:predict",
        "application/json",
        NOW,
        body.getBytes(StandardCharsets.UTF_8),
        200,
        NOW,
        new byte[0]);
  }
}
