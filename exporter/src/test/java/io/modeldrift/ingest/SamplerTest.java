package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadHeaders;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private final Sampler sampler = new Sampler(10);

  private static Payload payload(Door door, String... header) {
    Map<String, String> headers = header.length == 0 ? Map.of() : Map.of(header[0], header[1]);
    return new Payload(door, "/", PayloadHeaders.of(headers), new byte[0], Instant.EPOCH);
  }

  @Test
  void payloadsWithoutId_areTakenInTurn() {
    long observed =
        IntStream.range(0, 1_000).filter(i -> !sampler.passesOver(payload(Door.MIRROR))).count();
    assertThat(observed).isEqualTo(100);
  }

  @Test
  void payloadsOfOneInference_areChosenTogether_onEveryReplica() {
    Sampler otherReplica = new Sampler(10);
    int observed = 0;
    for (int i = 0; i < 10_000; i++) {
      Payload half = payload(Door.MIRROR, "X-Request-Id", "id-" + i);
      boolean passedOver = sampler.passesOver(half);
      assertThat(sampler.passesOver(half)).isEqualTo(passedOver);
      assertThat(otherReplica.passesOver(half)).isEqualTo(passedOver);
      observed += passedOver ? 0 : 1;
    }
    assertThat(observed).isBetween(850, 1_150);
  }

  @Test
  void spansOfOneTrace_areChosenTogether() {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-";
    assertThat(
            sampler.passesOver(payload(Door.MIRROR, "traceparent", trace + "00f067aa0ba902b7-01")))
        .isEqualTo(
            sampler.passesOver(payload(Door.MIRROR, "traceparent", trace + "53995c3f42cd8ad8-01")));
  }

  @Test
  void outcomesAndFeedback_areNeverPassedOver() {
    for (int i = 0; i < 100; i++) {
      assertThat(sampler.passesOver(payload(Door.GROUND_TRUTH, "X-Request-Id", "id-" + i)))
          .isFalse();
      assertThat(sampler.passesOver(payload(Door.FEEDBACK))).isFalse();
    }
  }

  @Test
  void withoutSampling_nothingIsPassedOver() {
    Sampler all = new Sampler(1);
    for (int i = 0; i < 100; i++) {
      assertThat(all.passesOver(payload(Door.MIRROR, "X-Request-Id", "id-" + i))).isFalse();
    }
  }
}
