package io.modeldrift.truth;

import io.modeldrift.statistics.Adwin;
import io.modeldrift.statistics.ConceptDriftDetector;
import io.modeldrift.statistics.Ddm;
import io.modeldrift.statistics.DetectorSignal;
import io.modeldrift.statistics.ExpectedRun;
import io.modeldrift.statistics.HddmA;
import io.modeldrift.statistics.PageHinkley;
import io.modeldrift.statistics.Result;
import io.modeldrift.truth.DetectorReading.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One detector with what it has found.
 *
 * <p>What depends on the spread of the losses is learned from the first {@value #WARM_ROWS} of
 * them, during which nothing is detected: Page–Hinkley's bounds, and for numbers the scale that
 * brings errors into [0, 1]. Not thread-safe.
 */
final class Detector {

  static final int AFTERMATH_ROWS = 1000;

  private static final int WARM_ROWS = 1000;
  private static final double SCALE_QUANTILE = 0.99;
  private static final Ddm.Settings DDM = new Ddm.Settings(300, 2, 3);

  private final DetectorSettings.Kind kind;
  private final ExpectedRun run;
  private final boolean classes;
  private double[] warmUp = {};
  private int warm;
  private double scale = 1;
  private @Nullable ConceptDriftDetector detector;
  private DetectorSignal signal = DetectorSignal.NONE;
  private long rowsSinceDetection = AFTERMATH_ROWS;
  private long detections;
  private @Nullable Instant last;

  /**
   * Makes a detector.
   *
   * @param classes whether losses are 0 or 1; else they are absolute errors
   */
  Detector(DetectorSettings.Kind kind, int expectedRunRows, boolean classes) {
    this.kind = kind;
    this.run = new ExpectedRun(expectedRunRows);
    this.classes = classes;
    if (classes && kind != DetectorSettings.Kind.PAGE_HINKLEY) {
      detector = made(0);
    } else {
      warmUp = new double[WARM_ROWS];
    }
  }

  private ConceptDriftDetector made(double deviation) {
    return switch (kind) {
      case ADWIN -> new Adwin(run.adwin());
      case HDDM_A -> new HddmA(run.hddmA());
      case DDM -> new Ddm(DDM);
      case PAGE_HINKLEY -> new PageHinkley(run.pageHinkley(deviation, classes));
    };
  }

  void update(double loss, Instant now) {
    ConceptDriftDetector running = detector;
    if (running == null) {
      learn(loss);
      return;
    }
    boolean bounded = !classes && kind != DetectorSettings.Kind.PAGE_HINKLEY;
    signal = running.update(bounded ? Math.min(1, loss / scale) : loss);
    rowsSinceDetection++;
    if (signal == DetectorSignal.DETECTED) {
      detections++;
      last = now;
      rowsSinceDetection = 0;
    }
  }

  private void learn(double loss) {
    warmUp[warm++] = loss;
    if (warm < warmUp.length) {
      return;
    }
    double deviation = deviation(warmUp);
    Arrays.sort(warmUp);
    scale = warmUp[(int) (SCALE_QUANTILE * (warm - 1))];
    warm = 0;
    if (deviation > 0 && scale > 0) {
      detector = made(deviation);
      warmUp = new double[0];
    }
  }

  private static double deviation(double[] losses) {
    double mean = Arrays.stream(losses).average().orElse(0);
    double squares = Arrays.stream(losses).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / losses.length);
  }

  DetectorReading reading() {
    return new DetectorReading(
        kind,
        state(),
        detections,
        Optional.ofNullable(last),
        detector == null ? Result.absent(Result.Reason.NO_ROWS) : detector.estimate());
  }

  private State state() {
    if (detector == null) {
      return State.LEARNING;
    }
    if (rowsSinceDetection < AFTERMATH_ROWS) {
      return State.DRIFTED;
    }
    return signal == DetectorSignal.WARNING ? State.WARNING : State.STABLE;
  }
}
