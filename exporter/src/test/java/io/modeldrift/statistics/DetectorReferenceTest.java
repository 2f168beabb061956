package io.modeldrift.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DetectorReferenceTest {

  static Stream<ReferenceValue> detectors() {
    return Stream.of("adwin", "page-hinkley", "ddm", "hddm-a").flatMap(ReferenceValue::of);
  }

  static Stream<ReferenceValue> expectedRuns() {
    return ReferenceValue.of("expected-run-parameters");
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void detections_matchReference(ReferenceValue reference) {
    ConceptDriftDetector detector = detector(reference);

    Run run = Run.of(detector, stream(reference));

    assertThat(run.detections).as(reference.id()).isEqualTo(rows(reference, "detections"));
    if (reference.expected().has("warning_starts")) {
      assertThat(run.warningStarts).isEqualTo(rows(reference, "warning_starts"));
    }
    if (detector instanceof Adwin adwin) {
      reference.check("width", (double) adwin.width());
      reference.check("sum", adwin.sum());
      reference.check("squared_deviations", adwin.squaredDeviations());
    }
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void restoredDetector_continuesAsIfNothingHadHappened(ReferenceValue reference) {
    double[] stream = stream(reference);
    ConceptDriftDetector unbroken = detector(reference);
    ConceptDriftDetector current = detector(reference);

    for (int row = 0; row < stream.length; row++) {
      if (row % 7 == 0) {
        ConceptDriftDetector successor = detector(reference);
        successor.restore(current.state());
        current = successor;
      }
      assertThat(current.update(stream[row])).isEqualTo(unbroken.update(stream[row]));
    }

    assertThat(current.state()).containsExactly(unbroken.state());
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void pageHinkleySums_matchReference(ReferenceValue reference) {
    if (!(detector(reference) instanceof PageHinkley detector) || !hasSums(reference)) {
      return;
    }
    double[] stream = stream(reference);
    double[] sums = new double[stream.length];
    for (int row = 0; row < stream.length; row++) {
      detector.update(stream[row]);
      sums[row] = detector.sum();
    }

    reference.check(reference.expected().get("sums"), sums);
  }

  @ParameterizedTest
  @MethodSource("expectedRuns")
  void settingsForAnExpectedRun_matchReference(ReferenceValue reference) {
    ExpectedRun run = new ExpectedRun(reference.number("rows"));
    boolean binary = reference.given().get("binary").asBoolean();
    PageHinkley.Settings pageHinkley = run.pageHinkley(reference.number("sigma"), binary);

    reference.check("adwin_delta", run.adwin().delta());
    reference.check("hddm_a_drift_confidence", run.hddmA().driftConfidence());
    reference.check("page_hinkley_delta", pageHinkley.delta());
    reference.check("page_hinkley_lambda", pageHinkley.lambda());
  }

  private static boolean hasSums(ReferenceValue reference) {
    return reference.expected().has("sums");
  }

  private static List<Integer> rows(ReferenceValue reference, String key) {
    return ReferenceValue.elements(reference.expected().get(key)).map(JsonNode::asInt).toList();
  }

  private static double[] stream(ReferenceValue reference) {
    JsonNode bits = reference.given().get("bits");
    return bits == null
        ? ReferenceValue.doubles(reference.given().get("values"))
        : bits.asString().chars().mapToDouble(bit -> bit - '0').toArray();
  }

  private static ConceptDriftDetector detector(ReferenceValue reference) {
    return switch (reference.function()) {
      case "adwin" -> adwin(reference);
      case "page_hinkley" -> pageHinkley(reference);
      case "ddm" ->
          new Ddm(
              new Ddm.Settings(
                  reference.integer("warm_rows"),
                  reference.number("warning_level"),
                  reference.number("drift_level")));
      default ->
          new HddmA(
              new HddmA.Settings(
                  reference.number("drift_confidence"),
                  reference.number("warning_confidence"),
                  reference.given().get("two_sided").asBoolean()));
    };
  }

  private static Adwin adwin(ReferenceValue reference) {
    return new Adwin(
        new AdwinSettings(
            reference.number("delta"),
            reference.integer("clock"),
            reference.integer("max_buckets"),
            reference.integer("min_sub_window"),
            reference.integer("grace_rows"),
            reference.given().get("after_detection").asString().equals("restart")));
  }

  private static PageHinkley pageHinkley(ReferenceValue reference) {
    return new PageHinkley(
        new PageHinkley.Settings(
            reference.number("delta"),
            reference.number("lambda"),
            reference.number("alpha"),
            reference.integer("min_rows"),
            PageHinkley.Direction.valueOf(
                reference.given().get("direction").asString().toUpperCase(Locale.ROOT))));
  }

  private static final class Run {

    final List<Integer> detections = new ArrayList<>();
    final List<Integer> warningStarts = new ArrayList<>();

    static Run of(ConceptDriftDetector detector, double[] stream) {
      Run run = new Run();
      DetectorSignal previous = DetectorSignal.NONE;
      for (int row = 0; row < stream.length; row++) {
        DetectorSignal signal = detector.update(stream[row]);
        if (signal == DetectorSignal.DETECTED) {
          run.detections.add(row);
        }
        if (signal == DetectorSignal.WARNING && previous != DetectorSignal.WARNING) {
          run.warningStarts.add(row);
        }
        previous = signal;
      }
      return run;
    }
  }
}
