package io.modeldrift.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PerformanceReferenceTest {

  static Stream<ReferenceValue> binary() {
    return ReferenceValue.of("binary-performance");
  }

  static Stream<ReferenceValue> multiclass() {
    return ReferenceValue.of("multiclass-performance");
  }

  static Stream<ReferenceValue> regression() {
    return ReferenceValue.of("regression-performance");
  }

  static Stream<ReferenceValue> ranking() {
    return ReferenceValue.of("roc-auc");
  }

  static Stream<ReferenceValue> probabilities() {
    return ReferenceValue.of("probability-scores");
  }

  static Stream<ReferenceValue> calibration() {
    return ReferenceValue.of("calibration");
  }

  @ParameterizedTest
  @MethodSource("binary")
  void binaryPerformance_matchesReference(ReferenceValue reference) {
    BinaryConfusion confusion =
        new BinaryConfusion(
            reference.number("tp"),
            reference.number("fp"),
            reference.number("fn"),
            reference.number("tn"));

    reference.check("accuracy", confusion.accuracy().value().asOptional());
    reference.check("precision", confusion.precision().value().asOptional());
    reference.check("recall", confusion.recall().value().asOptional());
    reference.check("specificity", confusion.specificity().value().asOptional());
    reference.check("f1", confusion.f1().value().asOptional());
    reference.check("balanced_accuracy", confusion.balancedAccuracy().value().asOptional());
    reference.check("mcc", confusion.matthewsCorrelation().value().asOptional());
    reference.check("accuracy_standard_error", confusion.accuracy().standardError().asOptional());
    reference.check("f1_standard_error", confusion.f1().standardError().asOptional());
  }

  @ParameterizedTest
  @MethodSource("multiclass")
  void multiclassPerformance_matchesReference(ReferenceValue reference) {
    JsonNode rows = reference.given().get("matrix");
    ConfusionMatrix matrix = new ConfusionMatrix(rows.size());
    for (int truth = 0; truth < rows.size(); truth++) {
      for (int prediction = 0; prediction < rows.size(); prediction++) {
        matrix.add(truth, prediction, rows.get(truth).get(prediction).asLong());
      }
    }

    Map<PerformanceMetric, Estimate> metrics = matrix.metrics();

    check(reference, "accuracy", metrics, PerformanceMetric.ACCURACY);
    check(reference, "macro_precision", metrics, PerformanceMetric.PRECISION_MACRO);
    check(reference, "weighted_precision", metrics, PerformanceMetric.PRECISION_WEIGHTED);
    check(reference, "macro_recall", metrics, PerformanceMetric.RECALL_MACRO);
    check(reference, "weighted_recall", metrics, PerformanceMetric.RECALL_WEIGHTED);
    check(reference, "macro_f1", metrics, PerformanceMetric.F1_MACRO);
    check(reference, "weighted_f1", metrics, PerformanceMetric.F1_WEIGHTED);
  }

  @ParameterizedTest
  @MethodSource("regression")
  void regressionPerformance_matchesReference(ReferenceValue reference) {
    RegressionSums atOnce = sums(reference, 0, reference.given().get("truth").size());
    RegressionSums merged = new RegressionSums(0);
    parts(reference).forEach(merged::add);

    for (RegressionSums sums : List.of(atOnce, merged)) {
      Map<PerformanceMetric, Estimate> metrics = sums.metrics();
      reference.check("n", (double) sums.rows());
      reference.check("mape_rows", (double) sums.nonZeroTruths());
      for (String name : List.of("bias", "mae", "mse", "rmse", "mape", "r2")) {
        check(reference, name, metrics, PerformanceMetric.valueOf(name.toUpperCase(Locale.ROOT)));
      }
      reference.check(
          "mae_standard_error",
          requireNonNull(metrics.get(PerformanceMetric.MAE)).standardError().asOptional());
    }
  }

  @ParameterizedTest
  @MethodSource("ranking")
  void ranking_matchesReference(ReferenceValue reference) {
    Ranking ranking =
        Ranking.of(
            ReferenceValue.doubles(reference.given().get("positives")),
            ReferenceValue.doubles(reference.given().get("negatives")));

    if (reference.expected().isNull()) {
      assertThat(ranking.rocAuc().value()).isInstanceOf(Result.Absent.class);
      assertThat(ranking.averagePrecision().value()).isInstanceOf(Result.Absent.class);
      return;
    }
    reference.check("roc_auc", ranking.rocAuc().value().asOptional());
    reference.check("standard_error", ranking.rocAuc().standardError().asOptional());
    reference.check("average_precision", ranking.averagePrecision().value().asOptional());
  }

  @ParameterizedTest
  @MethodSource("probabilities")
  void probabilityLoss_matchesReference(ReferenceValue reference) {
    double[] scores = ReferenceValue.doubles(reference.given().get("scores"));
    long[] truth = ReferenceValue.longs(reference.given().get("truth"));
    ProbabilityLoss loss = new ProbabilityLoss();
    for (int row = 0; row < scores.length; row++) {
      loss.add(scores[row], truth[row] == 1);
    }

    reference.check("log_loss", loss.logLoss().value().asOptional());
    reference.check("brier", loss.brier().value().asOptional());
  }

  @ParameterizedTest
  @MethodSource("calibration")
  void calibration_matchesReference(ReferenceValue reference) {
    JsonNode given = reference.given();

    Calibration calibration =
        Calibration.of(
            new ScoreGroupCounts(
                ReferenceValue.longs(given.get("counts")),
                ReferenceValue.doubles(given.get("score_sums")),
                ReferenceValue.longs(given.get("positives"))));

    reference.check("ece", calibration.error().asOptional());
    reference.check("noise_floor", calibration.noiseFloor().asOptional());
    reference.check("max_calibration_error", calibration.largestError().asOptional());
    reference.check("rms_calibration_error", calibration.rootMeanSquareError().asOptional());
    reference.check(
        "debiased_rms_calibration_error", calibration.debiasedRootMeanSquareError().asOptional());
    assertThat(calibration.metrics()).hasSize(5);
  }

  private static void check(
      ReferenceValue reference,
      String name,
      Map<PerformanceMetric, Estimate> metrics,
      PerformanceMetric metric) {
    reference.check(name, requireNonNull(metrics.get(metric)).value().asOptional());
  }

  private static List<RegressionSums> parts(ReferenceValue reference) {
    List<RegressionSums> parts = new ArrayList<>();
    int from = 0;
    for (long to : ReferenceValue.longs(reference.given().get("merge_after"))) {
      parts.add(sums(reference, from, (int) to));
      from = (int) to;
    }
    parts.add(sums(reference, from, reference.given().get("truth").size()));
    return parts;
  }

  private static RegressionSums sums(ReferenceValue reference, int from, int to) {
    double[] truth = ReferenceValue.doubles(reference.given().get("truth"));
    double[] prediction = ReferenceValue.doubles(reference.given().get("prediction"));
    RegressionSums sums = new RegressionSums(0);
    for (int row = from; row < to; row++) {
      sums.add(prediction[row], truth[row]);
    }
    return sums;
  }
}
