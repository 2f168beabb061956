package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What real clients put on the wire, recorded by {@code make test-clients}: all of them sent the
 * same two rows.
 */
class RecordedClientsTest {

  private static final List<Map<String, Object>> REQUEST =
      List.of(
          Map.of("age", 35.0, "balance", 1200.5, "channel", "web"),
          Map.of("age", 52.0, "balance", -0.25, "channel", "filé"));
  private static final List<Map<String, Object>> RESPONSE =
      List.of(Map.of("score", 0.5), Map.of("score", 0.25));

  private record Recording(String client, JsonNode json) {
    @Override
    public String toString() {
      return client;
    }
  }

  static Stream<Recording> recordings() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            RecordedClientsTest.class.getResourceAsStream("recorded-clients.jsonl"))) {
      JsonMapper mapper = new JsonMapper();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(mapper::readTree)
              .map(json -> new Recording(json.get("client").asString(), json))
              .toList()
              .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void realPayload_isUnderstood(Recording recording) {
    JsonNode json = recording.json();
    Decoding decoding = Decoding.mirror(json.get("path").asString());
    json.get("headers")
        .properties()
        .forEach(header -> decoding.header(header.getKey(), header.getValue().asString()));

    InferenceBatch batch = decoding.batch(Base64.getDecoder().decode(json.get("body").asString()));

    boolean isNamed = !json.get("path").asString().equals("/invocations");
    assertThat(batch.model().name()).isEqualTo(isNamed ? "credit" : ModelKey.UNKNOWN);
    assertThat(Decoding.rowsOf(batch))
        .isEqualTo(batch.kind() == BatchKind.RESPONSE ? RESPONSE : REQUEST);
  }
}
