package io.modeldrift.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.statistics.ReferenceValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class LayoutReferenceTest {

  static Stream<ReferenceValue> numericLayouts() {
    return ReferenceValue.of("numeric-layout");
  }

  static Stream<ReferenceValue> binIndexes() {
    return ReferenceValue.of("bin-index");
  }

  static Stream<ReferenceValue> categoricalLayouts() {
    return ReferenceValue.of("categorical-layout");
  }

  @ParameterizedTest
  @MethodSource("numericLayouts")
  void quantileLayout_matchesReference(ReferenceValue reference) {
    JsonNode values = reference.given().get("values");
    double[] finite =
        ReferenceValue.elements(values)
            .filter(value -> !isText(value))
            .mapToDouble(LayoutReferenceTest::number)
            .filter(Double::isFinite)
            .sorted()
            .toArray();

    NumericLayout layout = NumericLayout.ofQuantiles(finite, reference.integer("bins"));

    JsonNode expected = reference.expected();
    reference.check(expected.get("lower_edges"), layout.lowerEdges());
    if (!expected.get("max").isNull()) {
      reference.check("max", layout.max());
    }
    assertThat(counts(layout, values)).isEqualTo(expectedCounts(expected.get("counts")));
  }

  @ParameterizedTest
  @MethodSource("binIndexes")
  void bin_matchesReference(ReferenceValue reference) {
    NumericLayout layout =
        NumericLayout.of(
            ReferenceValue.doubles(reference.given().get("lower_edges")), reference.number("max"));

    List<String> bins = new ArrayList<>();
    for (JsonNode value : reference.given().get("values")) {
      bins.add(nameInReference(layout, layout.indexOf(number(value))));
    }

    assertThat(bins)
        .isEqualTo(ReferenceValue.elements(reference.expected()).map(JsonNode::asString).toList());
  }

  @ParameterizedTest
  @MethodSource("categoricalLayouts")
  void categoricalLayout_matchesReference(ReferenceValue reference) {
    Map<String, Long> frequencies = new HashMap<>();
    reference
        .given()
        .get("counts")
        .properties()
        .forEach(entry -> frequencies.put(entry.getKey(), entry.getValue().asLong()));

    CategoryCounts actual =
        CategoryCounts.of(
            frequencies, reference.integer("top"), reference.integer("min_rows"), 0, 0);

    CategoricalLayout layout = actual.layout();
    JsonNode expected = reference.expected();
    assertThat(layout.categories())
        .isEqualTo(ReferenceValue.elements(expected.get("own")).map(JsonNode::asString).toList());
    assertThat(actual.counts().toArray()).startsWith(ReferenceValue.longs(expected.get("counts")));
    assertThat(actual.counts().count(layout.other())).isEqualTo(expected.get("other").asLong());
    assertThat(actual.counts().count(layout.unseen())).isEqualTo(expected.get("unseen").asLong());
  }

  private static Map<String, Long> counts(NumericLayout layout, JsonNode values) {
    Map<String, Long> counts = new HashMap<>();
    for (int bin = 0; bin < layout.bins(); bin++) {
      counts.put(nameInReference(layout, bin), 0L);
    }
    for (JsonNode value : values) {
      int bin = isText(value) ? layout.invalid() : layout.indexOf(number(value));
      counts.merge(nameInReference(layout, bin), 1L, Long::sum);
    }
    return counts;
  }

  private static Map<String, Long> expectedCounts(JsonNode counts) {
    Map<String, Long> expected = new HashMap<>();
    counts.properties().forEach(entry -> expected.put(entry.getKey(), entry.getValue().asLong()));
    return expected;
  }

  /** The reference numbers intervals from 0, without underflow. */
  private static String nameInReference(NumericLayout layout, int bin) {
    if (bin == layout.missing()) {
      return "missing";
    }
    if (bin == layout.invalid()) {
      return "invalid";
    }
    if (bin == 0) {
      return "underflow";
    }
    return bin == layout.valueBins() - 1 ? "overflow" : Integer.toString(bin - 1);
  }

  private static double number(JsonNode value) {
    if (value.isNull()) {
      return Double.NaN;
    }
    return (value.isString() ? Double.parseDouble(value.asString()) : value.asDouble()) + 0.0;
  }

  private static boolean isText(JsonNode value) {
    return value.isString() && !value.asString().matches("NaN|-?Infinity");
  }
}
