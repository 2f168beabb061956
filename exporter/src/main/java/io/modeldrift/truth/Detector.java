package io.modeldrift.truth;

import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
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
 * them, during which nothing is detected, unless the baseline tells it: Page–Hinkley's bounds by
 * how often classes were wrong, and for numbers the scale that brings errors into [0, 1], by a
 * large error. Page–Hinkley's bounds of numbers are always learned. Not thread-safe.
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
  private double deviation;
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
      detector = made();
    } else {
      warmUp = new double[WARM_ROWS];
    }
  }

  /**
   * Takes from the baseline what it would else learn from the first losses, if it still does.
   *
   * @param usual the share of wrong classes, or the 99th percentile of absolute errors; NaN if that
   *     is not known
   */
  void expect(double usual) {
    boolean known = usual > 0 && (!classes || usual < 1);
    if (detector != null || !known || classes != (kind == DetectorSettings.Kind.PAGE_HINKLEY)) {
      return;
    }
    if (classes) {
      deviation = Math.sqrt(usual * (1 - usual));
    } else {
      scale = usual;
    }
    detector = made();
    warmUp = new double[0];
    warm = 0;
  }

  private ConceptDriftDetector made() {
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
    deviation = deviation(warmUp);
    Arrays.sort(warmUp);
    scale = warmUp[(int) (SCALE_QUANTILE * (warm - 1))];
    warm = 0;
    if (deviation > 0 && scale > 0) {
      detector = made();
      warmUp = new double[0];
    }
  }

  private static double deviation(double[] losses) {
    double mean = Arrays.stream(losses).average().orElse(0);
    double squares = Arrays.stream(losses).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / losses.length);
  }

  /** Writes all that it knows behind its name. */
  void save(StateOutput out) {
    out.text(kind.label());
    out.reals(Arrays.copyOf(warmUp, warm));
    out.real(scale);
    out.real(deviation);
    out.number(signal.ordinal());
    out.number(rowsSinceDetection);
    out.number(detections);
    out.instant(last == null ? Instant.EPOCH : last);
    out.reals(detector == null ? new double[0] : detector.state());
  }

  /** What a detector wrote. */
  record Saved(
      String label,
      double[] warmUp,
      double scale,
      double deviation,
      DetectorSignal signal,
      long rowsSinceDetection,
      long detections,
      Instant last,
      double[] state) {

    private static final int MAX_NUMBERS = 10_000;

    static Saved restore(StateInput in) throws SnapshotException {
      return new Saved(
          in.text(),
          numbers(in),
          in.finite(),
          in.finite(),
          DetectorSignal.values()[(int) in.number(0, DetectorSignal.values().length - 1)],
          in.count(),
          in.count(),
          in.instant(),
          numbers(in));
    }

    private static double[] numbers(StateInput in) throws SnapshotException {
      double[] numbers = new double[in.size(MAX_NUMBERS)];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.real();
      }
      return numbers;
    }
  }

  boolean isCalled(String label) {
    return kind.label().equals(label);
  }

  /**
   * Goes on where another one of the same kind stood.
   *
   * @param continuous whether its detections are counted on
   */
  void restore(Saved saved, boolean continuous) throws SnapshotException {
    if (saved.warmUp().length >= WARM_ROWS) {
      throw new SnapshotException("a detector that has learned long enough");
    }
    try {
      if (saved.state().length > 0) {
        scale = saved.scale();
        deviation = saved.deviation();
        ConceptDriftDetector restored = made();
        restored.restore(saved.state());
        detector = restored;
        warmUp = new double[0];
      } else if (detector == null) {
        warm = saved.warmUp().length;
        System.arraycopy(saved.warmUp(), 0, warmUp, 0, warm);
      }
    } catch (IllegalArgumentException e) {
      throw new SnapshotException("no state of a detector: " + e.getMessage());
    }
    signal = saved.signal();
    rowsSinceDetection = saved.rowsSinceDetection();
    last = saved.last().equals(Instant.EPOCH) ? null : saved.last();
    detections = continuous ? saved.detections() : 0;
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
