package io.modeldrift.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.inference.Role;
import io.modeldrift.statistics.Dispersion;
import io.modeldrift.statistics.ReferenceValue;
import io.modeldrift.statistics.ThresholdQuantiles;
import io.modeldrift.statistics.WassersteinNull;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class EvaluationReferenceTest {

  private final ThresholdQuantiles quantiles = new ThresholdQuantiles();

  static Stream<ReferenceValue> evaluations() {
    return ReferenceValue.of("evaluation");
  }

  @ParameterizedTest
  @MethodSource("evaluations")
  void family_matchesReference(ReferenceValue reference) {
    List<ColumnScores> family =
        ReferenceValue.elements(reference.given().get("features"))
            .map(EvaluationReferenceTest::scores)
            .toList();

    FamilyLevels levels = FamilyLevels.of(family, DriftSettings.withDefaults());

    reference.check("effective_alpha_warning", levels.warning());
    reference.check("effective_alpha_drifted", levels.drifted());
    for (int i = 0; i < family.size(); i++) {
      check(reference, reference.expected().get("features").get(i), family.get(i), levels);
    }
  }

  private void check(
      ReferenceValue reference, JsonNode expected, ColumnScores column, FamilyLevels levels) {
    ColumnVerdict.Scored verdict = column.verdict(column.level(levels), levels, quantiles, 3);

    assertThat(verdict.level().label()).isEqualTo(expected.get("level").asString());
    MeasureScore psi = verdict.verdict();
    reference.check(expected.get("score"), psi.driftScore());
    reference.check(expected.get("p_warning"), psi.warningPValue().orElseThrow());
    reference.check(expected.get("p_drifted"), psi.driftedPValue().orElseThrow());
    reference.check(expected.get("threshold_warning"), psi.warningThreshold().orElseThrow());
    reference.check(expected.get("threshold_drifted"), psi.driftedThreshold().orElseThrow());
  }

  private static ColumnScores scores(JsonNode feature) {
    BaselineColumn column = column(feature.get("name").asString(), feature.get("baseline"));
    ColumnReference reference =
        new ColumnReference(
            column,
            new Dispersion(
                feature.get("dispersion").asDouble(), feature.get("unevenness").asDouble(), true),
            WassersteinNull.ofBridgeArea(0),
            DriftMeasures.withDefaults().categorical(),
            Tolerances.withDefaults(),
            1);
    ColumnAssessment assessment =
        ColumnAssessment.of(
            reference,
            withSpecialBins(ReferenceValue.longs(feature.get("current"))),
            DriftSettings.withDefaults());
    return ((ColumnAssessment.Scorable) assessment).scores();
  }

  private static BaselineColumn column(String name, JsonNode counts) {
    List<String> categories =
        IntStream.range(0, counts.size()).mapToObj(Integer::toString).toList();
    return new BaselineColumn(
        name,
        Role.INPUT,
        CategoricalLayout.of(categories, new long[0]),
        withSpecialBins(ReferenceValue.longs(counts)),
        0,
        0,
        List.of(),
        1);
  }

  /** Empty on both sides, these bins take no part. */
  private static BinnedCounts withSpecialBins(long[] counts) {
    return BinnedCounts.of(Arrays.copyOf(counts, counts.length + 4));
  }
}
