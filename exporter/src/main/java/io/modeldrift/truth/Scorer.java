package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.distribution.ScoreLayout;
import io.modeldrift.inference.Value;
import io.modeldrift.statistics.ProbabilityLoss;
import io.modeldrift.statistics.ScoreGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the predictions of one model are held against their outcomes: which classes there are, how a
 * score is decided and binned.
 *
 * @param kind what the model predicts
 * @param classes names of the classes; of two, the second is the positive one; empty for numbers
 * @param layout bins of the score of two classes
 * @param threshold score from which the decision is positive
 * @param centre around which truths that are numbers are summed
 * @param groups of score bins over which calibration is judged
 */
public record Scorer(
    OutputKind kind,
    List<String> classes,
    ScoreLayout layout,
    double threshold,
    double centre,
    ScoreGroups groups) {

  /** Name of the class that stands for all that are not told apart. */
  public static final String OTHER = "__other__";

  private static final String POSITIVE = "1";
  private static final String NEGATIVE = "0";
  private static final Set<String> TWO_CLASSES = Set.of("0", "1", "true", "false");

  /** Copies the list. */
  public Scorer {
    classes = List.copyOf(classes);
  }

  /**
   * Returns how a model's predictions are scored; nothing as long as that cannot be told.
   *
   * <p>Without a word in the configuration only what cannot be misread is taken: one output that is
   * a class, or one number that is no probability.
   */
  static Optional<Scorer> of(OutputSettings settings, @Nullable Baseline baseline) {
    Outputs outputs = Outputs.of(baseline);
    OutputKind kind = settings.kind() == null ? outputs.kind(settings) : settings.kind();
    if (kind == null) {
      return Optional.empty();
    }
    return switch (kind) {
      case BINARY -> Optional.of(binary(settings, ScoreBasis.of(settings, baseline)));
      case REGRESSION -> Optional.of(regression(settings, outputs));
      case MULTICLASS ->
          settings.classes().names().isEmpty()
              ? outputs.classes(settings).map(Scorer::multiclass)
              : Optional.of(multiclass(settings.classes().names()));
    };
  }

  private static Scorer binary(OutputSettings settings, ScoreBasis basis) {
    return new Scorer(
        OutputKind.BINARY,
        names(settings.positive()),
        basis.layout(),
        settings.threshold(),
        0,
        basis.groups());
  }

  private static List<String> names(String positive) {
    return switch (positive) {
      case "", POSITIVE -> List.of(NEGATIVE, POSITIVE);
      case NEGATIVE -> List.of(POSITIVE, NEGATIVE);
      case "true" -> List.of("false", "true");
      case "false" -> List.of("true", "false");
      default -> List.of("negative", positive);
    };
  }

  private static Scorer regression(OutputSettings settings, Outputs outputs) {
    return new Scorer(
        OutputKind.REGRESSION,
        List.of(),
        ScoreLayout.ofEqualWidth(OutputSettings.DEFAULT_THRESHOLD),
        OutputSettings.DEFAULT_THRESHOLD,
        outputs.mean(settings),
        ScoreGroups.ofSingleBins(1));
  }

  private static Scorer multiclass(List<String> classes) {
    List<String> names =
        new ArrayList<>(classes.subList(0, Math.min(OutputClasses.MOST, classes.size())));
    names.add(OTHER);
    return new Scorer(
        OutputKind.MULTICLASS,
        names,
        ScoreLayout.ofEqualWidth(OutputSettings.DEFAULT_THRESHOLD),
        OutputSettings.DEFAULT_THRESHOLD,
        0,
        ScoreGroups.ofSingleBins(1));
  }

  /** Compares what the counts depend on. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Scorer that
        && kind == that.kind
        && classes.equals(that.classes)
        && layout.equals(that.layout)
        && threshold == that.threshold
        && centre == that.centre;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, classes, layout, threshold, centre);
  }

  /** Returns empty counts for all rows. */
  Tally tally() {
    return switch (kind) {
      case BINARY -> Tally.ofScores(layout.bins());
      case MULTICLASS -> Tally.ofProbabilities(classes.size());
      case REGRESSION -> segmentTally();
    };
  }

  /** Returns empty counts for the rows of a segment, where scores are not binned. */
  Tally segmentTally() {
    return kind == OutputKind.REGRESSION
        ? Tally.ofNumbers(centre)
        : Tally.ofClasses(classes.size());
  }

  /** Returns whether an outcome can be the truth of a prediction at all. */
  boolean fits(Prediction prediction, Value outcome) {
    return switch (kind) {
      case REGRESSION -> outcome.asNumber().isPresent();
      case BINARY -> binaryClass(outcome) >= 0;
      case MULTICLASS -> {
        Value predicted = decision(prediction);
        yield predicted == null || isNumber(predicted) == isNumber(outcome);
      }
    };
  }

  private static boolean isNumber(Value value) {
    return value.asNumber().isPresent();
  }

  /** Returns the number of the predicted class; −1 if there is none. */
  int predictedClass(Prediction prediction) {
    if (kind == OutputKind.MULTICLASS) {
      Value decision = decision(prediction);
      return decision == null ? -1 : indexOf(decision);
    }
    if (prediction.decision() != null) {
      return binaryClass(prediction.decision());
    }
    if (!ProbabilityLoss.isProbability(prediction.number())) {
      return -1;
    }
    return prediction.number() >= threshold ? 1 : 0;
  }

  /** Returns the number of the class that an outcome names. */
  int actualClass(Value outcome) {
    return kind == OutputKind.MULTICLASS ? indexOf(outcome) : binaryClass(outcome);
  }

  private static @Nullable Value decision(Prediction prediction) {
    if (prediction.decision() != null) {
      return prediction.decision();
    }
    return Double.isNaN(prediction.number()) ? null : new Value.Numeric(prediction.number());
  }

  /**
   * Returns the numbers of the favourable classes: of two the positive one, of more those named.
   */
  Set<Integer> favourable(List<String> named) {
    return switch (kind) {
      case BINARY -> Set.of(1);
      case MULTICLASS ->
          named.stream()
              .map(classes::indexOf)
              .filter(index -> index >= 0)
              .collect(Collectors.toSet());
      case REGRESSION -> Set.of();
    };
  }

  private int indexOf(Value value) {
    int index = classes.indexOf(ClassNames.of(value));
    return index < 0 ? classes.size() - 1 : index;
  }

  /** Returns 1 for the positive class, 0 for the negative one, −1 for what is neither. */
  private int binaryClass(Value value) {
    String name = ClassNames.of(value);
    if (name.equals(classes.get(1))) {
      return 1;
    }
    if (name.equals(classes.get(0))) {
      return 0;
    }
    boolean swapped = classes.get(1).equals(NEGATIVE) || classes.get(1).equals("false");
    if (TWO_CLASSES.contains(name)) {
      boolean yes = name.equals(POSITIVE) || name.equals("true");
      return yes != swapped ? 1 : 0;
    }
    // Any other text is the negative class where the positive one is a text of its own.
    boolean named = !TWO_CLASSES.contains(classes.get(1));
    boolean sameType = isNumber(new Value.Named(classes.get(1))) == isNumber(value);
    return named && sameType ? 0 : -1;
  }
}
