package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Estimated performance, fairness, comparison of versions and attributions. */
class TruthFormulasReferenceTest {

  static Stream<ReferenceValue> calibrationTable() {
    return ReferenceValue.of("calibration-table");
  }

  static Stream<ReferenceValue> estimated() {
    return ReferenceValue.of("cbpe");
  }

  static Stream<ReferenceValue> reweighted() {
    return ReferenceValue.of("segment-reweighted");
  }

  static Stream<ReferenceValue> fairness() {
    return ReferenceValue.of("fairness");
  }

  static Stream<ReferenceValue> signedDifference() {
    return ReferenceValue.of("signed-difference");
  }

  static Stream<ReferenceValue> mixtureConstant() {
    return ReferenceValue.of("mixture-constant");
  }

  static Stream<ReferenceValue> accuracyDifference() {
    return ReferenceValue.of("accuracy-difference");
  }

  static Stream<ReferenceValue> pairedAccuracy() {
    return ReferenceValue.of("paired-accuracy");
  }

  static Stream<ReferenceValue> agreement() {
    return ReferenceValue.of("agreement");
  }

  static Stream<ReferenceValue> attributionDrift() {
    return ReferenceValue.of("attribution-drift");
  }

  @ParameterizedTest
  @MethodSource("calibrationTable")
  void isotonicRegression_matchesReference(ReferenceValue reference) {
    double[] probabilities =
        CalibrationTable.isotonic(
            ReferenceValue.longs(reference.given().get("counts")),
            ReferenceValue.longs(reference.given().get("positives")));

    reference.check(reference.expected(), probabilities);
  }

  @ParameterizedTest
  @MethodSource("estimated")
  void estimatedPerformance_matchesReference(ReferenceValue reference) {
    long[] rows = ReferenceValue.longs(reference.given().get("counts"));
    double[] probabilities = ReferenceValue.doubles(reference.given().get("calibrated"));
    ExpectedCounts expected = new ExpectedCounts(rows.length);
    for (int bin = 0; bin < rows.length; bin++) {
      boolean selected = bin >= reference.integer("first_positive_cell");
      expected.add(bin, rows[bin], rows[bin] * probabilities[bin], selected);
    }

    BinaryConfusion confusion = expected.confusion();

    reference.check("tp", confusion.truePositives());
    reference.check("fp", confusion.falsePositives());
    reference.check("fn", confusion.falseNegatives());
    reference.check("tn", confusion.trueNegatives());
    reference.check("accuracy", confusion.accuracy().value().asOptional());
    reference.check("precision", confusion.precision().value().asOptional());
    reference.check("recall", confusion.recall().value().asOptional());
    reference.check("specificity", confusion.specificity().value().asOptional());
    reference.check("f1", confusion.f1().value().asOptional());
    reference.check("roc_auc", expected.ranking().rocAuc().value().asOptional());
    double error = confusion.accuracy().standardError().asOptional().orElseThrow();
    reference.check("accuracy_band", ExpectedCounts.BAND * error);
  }

  @ParameterizedTest
  @MethodSource("reweighted")
  void reweightedAccuracy_matchesReference(ReferenceValue reference) {
    JsonNode rows = reference.given().get("current_rows");
    double[] accuracy = new double[rows.size()];
    long[] counts = new long[rows.size()];
    int segment = 0;
    for (Map.Entry<String, JsonNode> entry : rows.properties()) {
      counts[segment] = entry.getValue().asLong();
      JsonNode known = reference.given().get("baseline_accuracy").get(entry.getKey());
      accuracy[segment++] = known == null ? Double.NaN : known.asDouble();
    }

    reference.check(SegmentMix.reweighted(accuracy, counts).asOptional());
  }

  /** Every row has its ground truth. */
  private static GroupCounts group(BinaryConfusion outcomes) {
    return new GroupCounts((long) outcomes.rows(), (long) outcomes.selected(), outcomes);
  }

  @ParameterizedTest
  @MethodSource("fairness")
  void fairness_matchesReference(ReferenceValue reference) {
    Map<String, GroupCounts> groups = new HashMap<>();
    for (Map.Entry<String, JsonNode> group : reference.given().get("groups").properties()) {
      groups.put(group.getKey(), group(confusion(group.getValue())));
    }

    Fairness fairness =
        Fairness.of(
            groups,
            new GroupLimits(
                reference.integer("min_group_rows"), reference.integer("min_denominator")));

    reference.check(
        "demographic_parity_difference", fairness.demographicParityDifference().asOptional());
    reference.check("demographic_parity_ratio", fairness.demographicParityRatio().asOptional());
    reference.check(
        "equal_opportunity_difference", fairness.equalOpportunityDifference().asOptional());
    reference.check("equalised_odds_difference", fairness.equalisedOddsDifference().asOptional());
    reference.check(
        "predictive_parity_difference", fairness.predictiveParityDifference().asOptional());
  }

  @ParameterizedTest
  @MethodSource("signedDifference")
  void signedDifference_matchesReference(ReferenceValue reference) {
    JsonNode group = reference.given().get("group");
    JsonNode other = reference.given().get("reference");

    RateDifference difference =
        RateDifference.of(
            group.get("selected").asLong(),
            group.get("rows").asLong(),
            other.get("selected").asLong(),
            other.get("rows").asLong(),
            WilsonInterval.TWO_SIDED_95);

    reference.check("difference", difference.difference());
    reference.check("lower", difference.lower());
    reference.check("upper", difference.upper());
  }

  @ParameterizedTest
  @MethodSource("mixtureConstant")
  void mixtureConstant_matchesReference(ReferenceValue reference) {
    reference.check(SequentialPlan.mixtureConstant(reference.number("alpha")));
  }

  @ParameterizedTest
  @MethodSource("accuracyDifference")
  void accuracyDifference_matchesReference(ReferenceValue reference) {
    Optional<SequentialDifference> difference =
        SequentialDifference.ofAccuracies(
            reference.integer("correct_a"),
            reference.integer("rows_a"),
            reference.integer("correct_b"),
            reference.integer("rows_b"),
            new SequentialPlan(reference.number("alpha"), reference.number("planned_rows")));

    assertThat(difference.isPresent()).isNotEqualTo(reference.expected().isNull());
    difference.ifPresent(
        found -> {
          reference.check("difference", found.difference());
          reference.check("information", found.information());
          reference.check("half_width", found.halfWidth());
          reference.check("p_value", found.pValue());
        });
  }

  @ParameterizedTest
  @MethodSource("pairedAccuracy")
  void pairedAccuracy_matchesReference(ReferenceValue reference) {
    PairedOutcomes outcomes =
        new PairedOutcomes(
            reference.integer("both_right"),
            reference.integer("only_a_right"),
            reference.integer("only_b_right"),
            reference.integer("both_wrong"));

    double difference = outcomes.difference().value().asOptional().orElseThrow();
    double error = outcomes.difference().standardError().asOptional().orElseThrow();

    reference.check("difference", difference);
    reference.check("standard_error", error);
    reference.check("lower", difference - WilsonInterval.TWO_SIDED_95 * error);
    reference.check("upper", difference + WilsonInterval.TWO_SIDED_95 * error);
    reference.check("mcnemar", outcomes.mcNemar().asOptional());
  }

  @ParameterizedTest
  @MethodSource("agreement")
  void agreementRate_matchesReference(ReferenceValue reference) {
    int agreeing = reference.integer("agreeing");
    int pairs = reference.integer("pairs");

    WilsonInterval interval = WilsonInterval.of(agreeing, pairs, WilsonInterval.TWO_SIDED_95);

    reference.check("rate", (double) agreeing / pairs);
    reference.check("lower", interval.lower());
    reference.check("upper", interval.upper());
  }

  @ParameterizedTest
  @MethodSource("attributionDrift")
  void attributionDrift_matchesReference(ReferenceValue reference) {
    AttributionDrift drift =
        AttributionDrift.of(
            importance(reference.given().get("baseline")),
            importance(reference.given().get("current")));

    reference.check("ndcg", drift.ndcg().asOptional());
    reference.check("share_distance", drift.shareDistance().asOptional());
  }

  private static BinaryConfusion confusion(JsonNode group) {
    return new BinaryConfusion(
        group.get("tp").asDouble(),
        group.get("fp").asDouble(),
        group.get("fn").asDouble(),
        group.get("tn").asDouble());
  }

  private static Map<String, Double> importance(JsonNode features) {
    Map<String, Double> importance = new HashMap<>();
    features
        .properties()
        .forEach(feature -> importance.put(feature.getKey(), feature.getValue().asDouble()));
    return importance;
  }
}
