package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  private final Sampler sampler = new Sampler(10);

  private static Payload payload(Door door, String... header) {
    Map<String, String> headers = header.length == 0 ? Map.of() : Map.of(header[0], header[1]);
    return new Payload(door, "/", PayloadHeaders.of(headers), new byte[0], Instant.EPOCH);
  }

  private static Payload body(String path, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new Payload(Door.MIRROR, path, PayloadHeaders.none(), bytes, Instant.EPOCH);
  }

  private static Payload event(String type, String id, String... headers) {
    Map<String, String> all = new HashMap<>();
    all.put("ce-type", type);
    all.put("ce-id", id);
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Payload(Door.MIRROR, "/", PayloadHeaders.of(all), new byte[0], Instant.EPOCH);
  }

  @Test
  void payloadsWithoutId_areChosenInTheirShare() {
    long observed =
        IntStream.range(0, 100_000).filter(i -> !sampler.passesOver(payload(Door.MIRROR))).count();
    assertThat(observed).isBetween(9_700L, 10_300L); // three standard deviations
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 10})
  void trafficThatAlternates_isSampledOnBothSides(int period) {
    Sampler half = new Sampler(period);
    int[] observed = new int[period];
    for (int i = 0; i < 2_000 * period; i++) {
      observed[i % period] += half.passesOver(payload(Door.MIRROR)) ? 0 : 1;
    }
    double expected = 2_000.0 / period;
    for (int count : observed) {
      assertThat((double) count).isCloseTo(expected, within(0.25 * expected));
    }
  }

  @Test
  void eventsOfSeldon_areChosenByTheirRequest() {
    for (int i = 0; i < 1_000; i++) {
      String puid = "puid-" + i;
      assertThat(sampler.passesOver(event("r.request", "a" + i, "ce-requestid", puid)))
          .isEqualTo(sampler.passesOver(event("r.response", "b" + i, "ce-requestid", puid)));
    }
  }

  @Test
  void headersThatAMeshMakesForEachPost_chooseNoEvent() {
    for (int i = 0; i < 1_000; i++) {
      String trace = "00-%032x-00f067aa0ba902b7-01".formatted(i);
      assertThat(
              sampler.passesOver(
                  event("r.request", "e" + i, "X-Request-Id", "a" + i, "traceparent", trace)))
          .isEqualTo(sampler.passesOver(event("r.response", "e" + i, "X-Request-Id", "b" + i)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':{'id':'HALF'},'specversion':'1.0','type':'x.HALF','source':'s','id':'ID'}",
        "{'specversion':'1.0','type':'x.HALF','source':'s','id':'HALF','requestid':'ID'}",
        " [{'specversion':'1.0','type':'x.HALF','source':'s','id':'ID','data':1}, {'id':'HALF'}]",
        "[{'bytes':'HALF','reqType':'x.HALF','id':'ID'}]",
        "{'modelid':'m','id':'ID','kind':'HALF','data':'HALF'}"
      })
  void idInAnEnvelope_choosesBothHalves(String body) {
    Sampler half = new Sampler(2);
    int observed = 0;
    for (int i = 0; i < 1_000; i++) {
      String named = body.replace("ID", "id-" + i);
      boolean passedOver = half.passesOver(body("/", named.replace("HALF", "request" + i)));
      assertThat(half.passesOver(body("/", named.replace("HALF", "response" + i))))
          .isEqualTo(passedOver);
      observed += passedOver ? 0 : 1;
    }
    assertThat(observed).isBetween(400, 600);
  }

  @Test
  void idThatAClientUsesForEverything_choosesNothing() {
    long observed =
        IntStream.range(0, 1_000)
            .filter(i -> !sampler.passesOver(body("/", "{'id':'1','inputs':[{'name':'x'}]}")))
            .count();
    assertThat(observed).isBetween(50L, 150L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                                     | {'groundTruthData': {'data': '1'}, 'eventMetadata': {'eventId': 'a'}}
          /                                     | {'response': {'meta': {'puid': 'a'}}, 'reward': 1}
          /                                     | {'specversion': '1.0', 'type': 'io.seldon.serving.feedback', 'source': 's', 'id': 'ID'}
          /seldon/ns/credit/api/v1.0/feedback   | {}
          /api/v0.1/feedback                    | not JSON
          """)
  void outcomeAmongMirroredTraffic_isNeverPassedOver(String path, String body) {
    for (int i = 0; i < 100; i++) {
      assertThat(sampler.passesOver(body(path, body.replace("ID", "id-" + i)))).isFalse();
    }
  }

  @Test
  void feedbackAsAnEvent_isNeverPassedOver() {
    for (int i = 0; i < 100; i++) {
      assertThat(sampler.passesOver(event("io.seldon.serving.feedback", "id-" + i))).isFalse();
    }
  }

  @Test
  void bodyThatCannotBeRead_isLikeAnyOther() {
    for (String broken :
        List.of("", "[", "{", "{'id", "{'specversion':1,'type':2,'source':3,'id'")) {
      long observed =
          IntStream.range(0, 1_000).filter(i -> !sampler.passesOver(body("/", broken))).count();
      assertThat(observed).isBetween(50L, 150L);
    }
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
