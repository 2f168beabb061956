package io.modeldrift.truth;

import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the prediction among the outputs of a row: a number, a class, or both.
 *
 * <p>Where no column is named, the only numeric output is the number and the only other one the
 * class. A number is the class where the model is said to predict one of several classes.
 */
final class PredictionColumns {

  private static final int MOST_CHARS = CategoricalLayout.MAX_NAME_BYTES;

  private final OutputSettings settings;

  PredictionColumns(OutputSettings settings) {
    this.settings = settings;
  }

  /** Returns whether a column with scores is named. */
  boolean expectsScore() {
    return !settings.score().isEmpty() && settings.kind() != OutputKind.MULTICLASS;
  }

  /** Returns whether columns with the probability of each class are named. */
  boolean expectsProbabilities() {
    return !settings.classes().probabilities().isEmpty();
  }

  Prediction find(InferenceBatch batch, int row) {
    return find(batch, row, "");
  }

  /** Finds the prediction of a row in which another column holds the outcome. */
  Prediction find(InferenceBatch batch, int row, String except) {
    List<Column> outputs = batch.columns(Role.OUTPUT);
    @Nullable Value score = null;
    @Nullable Value decision = null;
    if (!settings.score().isEmpty()) {
      score = value(batch.find(Role.OUTPUT, settings.score()), row);
    }
    if (!settings.decision().isEmpty()) {
      decision = value(batch.find(Role.OUTPUT, settings.decision()), row);
    }
    if (settings.score().isEmpty() && !takesNumbersAsClasses()) {
      score = only(outputs, row, except, true);
    }
    if (settings.decision().isEmpty()) {
      decision = only(outputs, row, except, takesNumbersAsClasses());
      if (decision == null && takesNumbersAsClasses()) {
        decision = only(outputs, row, except, false);
      }
    }
    return found(score, decision, name -> value(batch.find(Role.OUTPUT, name), row));
  }

  Prediction find(GroundTruth truth) {
    Map<String, Value> values = truth.prediction();
    Value score = first(values, settings.score(), GroundTruth.SCORE);
    Value decision = first(values, settings.decision(), GroundTruth.LABEL);
    Value unnamed = values.get(GroundTruth.UNNAMED);
    if (unnamed instanceof Value.Numeric && !takesNumbersAsClasses()) {
      score = score == null ? unnamed : score;
    } else if (unnamed != null) {
      decision = decision == null ? unnamed : decision;
    }
    return found(score, decision, values::get);
  }

  private static @Nullable Value first(Map<String, Value> values, String name, String fallback) {
    Value named = name.isEmpty() ? null : values.get(name);
    return named == null ? values.get(fallback) : named;
  }

  private Prediction found(
      @Nullable Value score, @Nullable Value decision, Function<String, @Nullable Value> outputs) {
    double number = score == null ? Double.NaN : score.asNumber().orElse(Double.NaN);
    if (!expectsProbabilities()) {
      return new Prediction(number, decision);
    }
    double[] probabilities = new double[settings.classes().probabilities().size()];
    int likeliest = 0;
    for (int i = 0; i < probabilities.length; i++) {
      Value value = outputs.apply(settings.classes().probabilities().get(i));
      probabilities[i] = value == null ? Double.NaN : value.asNumber().orElse(Double.NaN);
      likeliest = probabilities[i] > probabilities[likeliest] ? i : likeliest;
    }
    boolean known = decision != null || Double.isNaN(probabilities[likeliest]);
    return new Prediction(
        score == null ? probabilities[likeliest] : number,
        known ? decision : new Value.Named(settings.classes().names().get(likeliest)),
        probabilities);
  }

  private boolean takesNumbersAsClasses() {
    return settings.kind() == OutputKind.MULTICLASS;
  }

  /** Returns the value of the only column that has a number, or anything else, in the row. */
  private @Nullable Value only(List<Column> outputs, int row, String except, boolean number) {
    @Nullable Value found = null;
    for (Column column : outputs) {
      String name = column.name();
      boolean taken =
          name.equals(settings.score())
              || name.equals(settings.decision())
              || name.equals(except)
              || settings.classes().probabilities().contains(name);
      Value value = taken ? null : value(column, row);
      if (value != null && value instanceof Value.Numeric == number) {
        if (found != null) {
          return null; // two of them: nobody can tell
        }
        found = value;
      }
    }
    return found;
  }

  /** Returns what a cell holds, null if that is no usable scalar. */
  static @Nullable Value value(@Nullable Column column, int row) {
    if (column == null) {
      return null;
    }
    return switch (column.kind(row)) {
      case Column.NUMBER ->
          Double.isFinite(column.number(row)) ? new Value.Numeric(column.number(row)) : null;
      case Column.TEXT ->
          column.textLength(row) == 0 || column.textLength(row) > MOST_CHARS
              ? null
              : new Value.Named(column.text(row));
      case Column.TRUE -> new Value.Flag(true);
      case Column.FALSE -> new Value.Flag(false);
      default -> null;
    };
  }
}
