package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class VerdictReferenceTest {

  static Stream<ReferenceValue> benjaminiHochberg() {
    return ReferenceValue.of("benjamini-hochberg");
  }

  static Stream<ReferenceValue> hysteresis() {
    return ReferenceValue.of("hysteresis");
  }

  static Stream<ReferenceValue> rollUps() {
    return ReferenceValue.of("roll-up");
  }

  static Stream<ReferenceValue> outlierScores() {
    return ReferenceValue.of("hbos");
  }

  static Stream<ReferenceValue> reconstructionErrors() {
    return ReferenceValue.of("pca-reconstruction-error");
  }

  static Stream<ReferenceValue> shareChecks() {
    return ReferenceValue.of("missing-share-check");
  }

  static Stream<ReferenceValue> wilsonIntervals() {
    return ReferenceValue.of("wilson-interval");
  }

  @ParameterizedTest
  @MethodSource("benjaminiHochberg")
  void benjaminiHochberg_matchesReference(ReferenceValue reference) {
    double[] pValues = ReferenceValue.doubles(reference.given().get("p_values"));
    double alpha = reference.number("alpha");

    double level = Correction.BENJAMINI_HOCHBERG.effectiveLevel(pValues, alpha);

    reference.check("effective_alpha", level);
    for (int i = 0; i < pValues.length; i++) {
      boolean flagged = reference.expected().get("rejected").get(i).asBoolean();
      assertThat(pValues[i] <= level).isEqualTo(flagged);
      double adjusted = reference.expected().get("adjusted").get(i).asDouble();
      assertThat(isFlagged(pValues, i, adjusted * (1 + 1e-9))).isTrue();
      assertThat(adjusted < 1 && isFlagged(pValues, i, adjusted * (1 - 1e-9)))
          .isEqualTo(adjusted == 0);
    }
  }

  /** An adjusted p-value is the smallest level of the family at which the column is flagged. */
  private static boolean isFlagged(double[] pValues, int column, double alpha) {
    return pValues[column] <= Correction.BENJAMINI_HOCHBERG.effectiveLevel(pValues, alpha);
  }

  @ParameterizedTest
  @MethodSource("hysteresis")
  void ballot_matchesReference(ReferenceValue reference) {
    Ballot ballot =
        Ballot.empty(
            new VotingRule(
                reference.integer("raise"), reference.integer("of"), reference.integer("clear")));

    List<DriftState> states = new ArrayList<>();
    for (JsonNode level : reference.given().get("levels")) {
      ballot = ballot.with(state(level));
      states.add(ballot.state());
    }

    assertThat(states)
        .isEqualTo(
            ReferenceValue.elements(reference.expected())
                .map(VerdictReferenceTest::state)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("rollUps")
  void rollUp_matchesReference(ReferenceValue reference) {
    List<RollUp.Part> parts =
        ReferenceValue.elements(reference.given().get("features"))
            .map(VerdictReferenceTest::part)
            .toList();

    RollUp rollUp = RollUp.of(parts).orElseThrow();

    reference.check("drifted_share", rollUp.driftedShare());
    reference.check("warning_or_drifted_share", rollUp.warningOrDriftedShare());
    reference.check("weighted_mean_excess", rollUp.weightedMeanDrift().asOptional().orElseThrow());
    reference.check("max_score", parts.get(rollUp.worst()).driftScore());
  }

  @ParameterizedTest
  @MethodSource("outlierScores")
  void outlierScore_matchesReference(ReferenceValue reference) {
    double[] scores =
        ReferenceValue.elements(reference.given().get("rows"))
            .mapToDouble(row -> outlierScore(reference, row))
            .toArray();

    reference.check(reference.expected(), scores);
  }

  @ParameterizedTest
  @MethodSource("reconstructionErrors")
  void reconstructionError_matchesReference(ReferenceValue reference) {
    ReconstructionError error =
        new ReconstructionError(
            ReferenceValue.doubles(reference.given().get("mean")),
            ReferenceValue.doubles(reference.given().get("std")),
            ReferenceValue.elements(reference.given().get("components"))
                .map(ReferenceValue::doubles)
                .toArray(double[][]::new));

    double[] errors =
        ReferenceValue.elements(reference.given().get("rows"))
            .mapToDouble(row -> error.of(withMissing(row)))
            .toArray();

    reference.check(reference.expected(), errors);
  }

  @ParameterizedTest
  @MethodSource("shareChecks")
  void shareCheck_matchesReference(ReferenceValue reference) {
    ShareCheck check =
        ShareCheck.of(
            reference.integer("missing"),
            reference.integer("rows"),
            reference.number("baseline_share"),
            reference.number("tolerance"));

    reference.check("lower_bound", check.lowerBound());
    assertThat(check.violated()).isEqualTo(reference.expected().get("violated").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("wilsonIntervals")
  void wilsonInterval_matchesReference(ReferenceValue reference) {
    double z =
        NormalDistribution.of(0, 1)
            .inverseSurvivalProbability((1 - reference.number("confidence")) / 2);

    WilsonInterval interval =
        WilsonInterval.of(reference.integer("successes"), reference.integer("trials"), z);

    reference.check("lower", interval.lower());
    reference.check("upper", interval.upper());
  }

  private static DriftState state(JsonNode text) {
    return DriftState.valueOf(text.asString().toUpperCase(Locale.ROOT));
  }

  private static RollUp.Part part(JsonNode feature) {
    double unit =
        1 / feature.get("n_baseline").asDouble() + 1 / feature.get("n_current").asDouble();
    double floor = (feature.get("bins").asInt() - 1) * unit * feature.get("dispersion").asDouble();
    double psi = feature.get("psi").asDouble();
    return new RollUp.Part(
        state(feature.get("state")),
        Math.max(0, psi - floor),
        feature.get("importance").asDouble(),
        psi);
  }

  private static double outlierScore(ReferenceValue reference, JsonNode row) {
    double score = 0;
    for (String name : row.propertyNames()) {
      String bin = row.get(name).asString();
      JsonNode numeric = reference.given().get("numeric").path(name);
      JsonNode column =
          numeric.isMissingNode() ? reference.given().get("categorical").get(name) : numeric;
      List<String> bins = List.copyOf(column.get("counts").propertyNames());
      long[] counts = ReferenceValue.longs(column.get("counts"));
      double[] penalties =
          numeric.isMissingNode()
              ? OutlierPenalties.categorical(counts)
              : OutlierPenalties.numeric(
                  ReferenceValue.doubles(numeric.get("lower_edges")),
                  numeric.get("max").asDouble(),
                  counts);
      score += penalties[bins.indexOf(bin)];
    }
    return score;
  }

  private static double[] withMissing(JsonNode row) {
    return ReferenceValue.elements(row)
        .mapToDouble(value -> value.isNull() ? Double.NaN : value.asDouble())
        .toArray();
  }
}
