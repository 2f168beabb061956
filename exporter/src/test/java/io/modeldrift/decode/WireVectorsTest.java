package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.InferenceBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Known bytes and what they mean: the body is {@code text} followed by {@code hex}, and either has
 * {@code rows} or ends with a {@code verdict}.
 */
class WireVectorsTest {

  private static final Set<String> NO_JSON_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private record Vector(String name, JsonNode json) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Vector> vectors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(WireVectorsTest.class.getResourceAsStream("wire-vectors.jsonl"))) {
      JsonMapper mapper = new JsonMapper();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(mapper::readTree)
              .map(json -> new Vector(json.get("vector").asString(), json))
              .toList()
              .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void vector_meansWhatIsWrittenBesideIt(Vector vector) {
    JsonNode json = vector.json();
    Decoding decoding = Decoding.mirror(json.get("path").asString());
    json.get("headers")
        .properties()
        .forEach(header -> decoding.header(header.getKey(), header.getValue().asString()));
    byte[] body =
        Hex.join(Hex.utf8(json.get("text").asString()), Hex.bytes(json.get("hex").asString()));

    if (json.has("verdict")) {
      assertThat(Decoding.verdict(decoding.decode(body))).isEqualTo(json.get("verdict").asString());
      return;
    }
    InferenceBatch batch = decoding.batch(body);
    assertThat(batch.model().name()).isEqualTo(json.get("model").asString());
    assertThat(batch.model().version()).isEqualTo(json.get("version").asString());
    assertThat(batch.kind()).hasToString(json.get("kind").asString());
    assertThat(batch.id(batch.rows() - 1)).isEqualTo(text(json.get("id")));
    assertThat(Decoding.rowsOf(batch)).isEqualTo(rows(json.get("rows")));
  }

  private static @Nullable String text(JsonNode json) {
    return json.isNull() ? null : json.asString();
  }

  private static List<Map<String, Object>> rows(JsonNode rows) {
    return rows.valueStream().map(WireVectorsTest::cells).toList();
  }

  private static Map<String, Object> cells(JsonNode row) {
    Map<String, Object> cells = new TreeMap<>();
    row.properties().forEach(cell -> cells.put(cell.getKey(), value(cell.getValue())));
    return cells;
  }

  private static Object value(JsonNode cell) {
    if (cell.isNumber()) {
      return cell.doubleValue();
    }
    String text = cell.asString();
    return NO_JSON_NUMBERS.contains(text) ? (Object) Double.valueOf(text) : text;
  }
}
