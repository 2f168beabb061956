package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.distribution.BinnedCounts;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ThresholdReferenceTest {

  private final ThresholdQuantiles quantiles = new ThresholdQuantiles();

  static Stream<ReferenceValue> psiThresholds() {
    return ReferenceValue.of("psi-threshold");
  }

  static Stream<ReferenceValue> derivedThresholds() {
    return ReferenceValue.of("derived-thresholds");
  }

  static Stream<ReferenceValue> pValues() {
    return Stream.of("psi-p-value", "l-infinity-p-value", "wasserstein-p-value")
        .flatMap(ReferenceValue::of);
  }

  static Stream<ReferenceValue> wassersteinNulls() {
    return ReferenceValue.of("wasserstein-null");
  }

  static Stream<ReferenceValue> wassersteinThresholds() {
    return ReferenceValue.of("wasserstein-threshold");
  }

  static Stream<ReferenceValue> dispersions() {
    return ReferenceValue.of("dispersion");
  }

  static Stream<ReferenceValue> minimumRows() {
    return ReferenceValue.of("minimum-rows");
  }

  @ParameterizedTest
  @MethodSource("psiThresholds")
  void psiThreshold_matchesReference(ReferenceValue reference) {
    reference.check(
        noise(reference)
            .threshold(
                Measure.PSI,
                reference.number("tolerance"),
                reference.number("upper_tail"),
                quantiles));
  }

  @ParameterizedTest
  @MethodSource("derivedThresholds")
  void thresholdOfEveryMeasure_matchesReference(ReferenceValue reference) {
    Noise noise = noise(reference);
    for (String measure : reference.expected().propertyNames()) {
      OptionalDouble threshold =
          noise.threshold(Measure.ofLabel(measure), reference.number("tolerance"), 0.01, quantiles);
      reference.check(measure, threshold.orElseThrow());
    }
  }

  @ParameterizedTest
  @MethodSource("pValues")
  void pValue_matchesReference(ReferenceValue reference) {
    Measure measure = Measure.ofLabel(reference.function().replace("_p_value", ""));
    reference.check(
        noise(reference).pValue(measure, reference.number("score"), reference.number("tolerance")));
  }

  @ParameterizedTest
  @MethodSource("wassersteinNulls")
  void wassersteinNull_matchesReference(ReferenceValue reference) {
    BinnedCounts baseline =
        BinnedCounts.of(
            ReferenceValue.longs(reference.given().get("baseline")),
            ReferenceValue.doubles(reference.given().get("baseline_sums")));
    double deviation = reference.number("baseline_std");
    reference.check(
        "a1", WassersteinNull.of(baseline, baseline.bins(), deviation, List.of()).bridgeArea());
  }

  @ParameterizedTest
  @MethodSource("wassersteinThresholds")
  void wassersteinThreshold_matchesReference(ReferenceValue reference) {
    double upperTail = 1 - reference.number("confidence");
    reference.check(
        noise(reference)
            .threshold(Measure.WASSERSTEIN, reference.number("tolerance"), upperTail, quantiles));
  }

  @ParameterizedTest
  @MethodSource("dispersions")
  void dispersion_matchesReference(ReferenceValue reference) {
    List<BinnedCounts> chunks =
        ReferenceValue.elements(reference.given().get("chunks"))
            .map(chunk -> BinnedCounts.of(ReferenceValue.longs(chunk)))
            .toList();

    Dispersion dispersion = Dispersion.of(chunks);

    assertThat(dispersion.known()).isTrue();
    reference.check("dispersion", dispersion.delta());
    reference.check("unevenness", dispersion.unevenness());
  }

  @ParameterizedTest
  @MethodSource("minimumRows")
  void minimumRows_matchesReference(ReferenceValue reference) {
    OptionalLong required =
        MinimumRows.required(
            reference.integer("bins"),
            reference.number("dispersion"),
            reference.integer("n_baseline"),
            reference.number("drifted_tolerance"),
            reference.integer("min_rows"));

    reference.check(
        required.isPresent()
            ? OptionalDouble.of((double) required.getAsLong())
            : OptionalDouble.empty());
  }

  /** The noise of a column known by its numbers only; whatever a case does not give is NaN. */
  private static Noise noise(ReferenceValue reference) {
    JsonNode given = reference.given();
    double unit = 1 / reference.number("n_baseline") + 1 / reference.number("n_current");
    int bins = given.path("bins").asInt(0);
    return new Noise(
        bins,
        unit,
        unit,
        given.path("largest_pooled_variance").asDouble(Double.NaN),
        new Dispersion(
            given.path("dispersion").asDouble(1), given.path("unevenness").asDouble(1), true),
        WassersteinNull.ofBridgeArea(given.path("a1").asDouble(0)),
        () -> OptionalInt.of(bins - 1));
  }
}
