package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.modeldrift.distribution.BinnedCounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One expected result, computed outside this code base with 50-digit arithmetic from the
 * definition.
 *
 * <p>Files hold one JSON object a line: id, what is given, what is expected (null: absent), and the
 * tolerance {@code absolute + relative · |expected|} that every number must satisfy.
 */
public record ReferenceValue(
    String function,
    String id,
    JsonNode given,
    JsonNode expected,
    double absolute,
    double relative) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Returns the reference values of a file, which holds at least one. */
  public static Stream<ReferenceValue> of(String function) {
    String file = "/reference-values/" + function + ".jsonl";
    try (InputStream in = ReferenceValue.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      List<ReferenceValue> values = new ArrayList<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> values.add(parse(function, line)));
      assertThat(values).isNotEmpty();
      return values.stream();
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  private static ReferenceValue parse(String function, String line) {
    JsonNode node = MAPPER.readTree(line);
    return new ReferenceValue(
        function.replace('-', '_'),
        node.get("id").asString(),
        node.get("given"),
        node.get("expected"),
        node.get("absolute").asDouble(),
        node.get("relative").asDouble());
  }

  public double number(String key) {
    return given.get(key).asDouble();
  }

  public int integer(String key) {
    return given.get(key).asInt();
  }

  public BinnedCounts counts(String key) {
    return BinnedCounts.of(longs(given.get(key)));
  }

  public static long[] longs(JsonNode array) {
    return elements(array).mapToLong(JsonNode::asLong).toArray();
  }

  public static double[] doubles(JsonNode array) {
    return elements(array).mapToDouble(JsonNode::asDouble).toArray();
  }

  public static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Checks a number, or that it is absent where nothing is expected. */
  public void check(OptionalDouble actual) {
    check(expected, actual);
  }

  public void check(double actual) {
    check(expected, actual);
  }

  /** Checks one of several results by its name. */
  public void check(String name, double actual) {
    check(expected.get(name), actual);
  }

  public void check(String name, OptionalDouble actual) {
    check(expected.get(name), actual);
  }

  public void check(JsonNode wanted, double actual) {
    check(wanted, OptionalDouble.of(actual));
  }

  public void check(JsonNode wanted, double[] actual) {
    assertThat(actual).hasSize(wanted.size());
    for (int i = 0; i < actual.length; i++) {
      check(wanted.get(i), actual[i]);
    }
  }

  private void check(JsonNode wanted, OptionalDouble actual) {
    if (wanted.isNull()) {
      assertThat(actual).as(id).isEmpty();
      return;
    }
    if (!wanted.isNumber() || actual.isEmpty()) {
      fail(id + ": expected " + wanted + ", was " + actual);
    }
    double number = wanted.asDouble();
    double allowed = absolute + relative * Math.abs(number);
    double gap = Math.abs(actual.getAsDouble() - number);
    if (!(gap <= allowed)) {
      fail(id + ": expected " + number + " ± " + allowed + ", was " + actual.getAsDouble());
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
