package io.modeldrift.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A generalised linear model with the coefficients that {@code exporter/src/demo/flights.py}
 * fitted.
 *
 * <p>The prediction is the intercept, plus coefficient times value for every numeric term, plus the
 * coefficient of the category for every categorical term, passed through the link. A missing number
 * counts as the mean of the training data, a missing or unseen category adds nothing.
 *
 * @param name the name in paths and labels
 * @param predicts what a prediction means, for people
 */
record FittedModel(
    String name,
    String predicts,
    Link link,
    double intercept,
    List<NumericTerm> numeric,
    List<CategoricalTerm> categorical) {

  private static final String RESOURCE = "flight-models.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

  /** How the weighted sum becomes a prediction. */
  enum Link {
    /** The sum is the logarithm of the odds; the prediction is a probability. */
    LOGISTIC,
    /** The sum is the prediction. */
    IDENTITY;

    double apply(double sum) {
      return this == LOGISTIC ? 1 / (1 + Math.exp(-sum)) : sum;
    }
  }

  /**
   * One number's part in the sum.
   *
   * @param missing the value that stands in for a missing one
   */
  record NumericTerm(String column, double coefficient, double missing) {

    NumericTerm rounded() {
      return new NumericTerm(column, twoDigits(coefficient), missing);
    }
  }

  /** One category's part in the sum. */
  record CategoricalTerm(String column, Map<String, Double> coefficients) {

    double of(Map<String, ? extends @Nullable Object> instance) {
      return coefficients.getOrDefault(String.valueOf(instance.get(column)), 0.0);
    }

    CategoricalTerm rounded() {
      Map<String, Double> fewer = new TreeMap<>(coefficients);
      fewer.replaceAll((category, coefficient) -> twoDigits(coefficient));
      return new CategoricalTerm(column, fewer);
    }
  }

  FittedModel {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
  }

  /** Returns the models bundled with the demo. */
  static List<FittedModel> bundled() {
    try (InputStream resource =
        Objects.requireNonNull(FittedModel.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return List.of(JSON.readValue(resource, FittedModel[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the one that answers for a model of the demo. */
  static FittedModel of(DemoModel model) {
    return bundled().stream()
        .filter(fitted -> fitted.name().equals(model.modelName()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns a copy as it would be kept in fewer bits: each coefficient with two significant digits.
   */
  FittedModel rounded() {
    return new FittedModel(
        name,
        predicts,
        link,
        intercept,
        numeric.stream().map(NumericTerm::rounded).toList(),
        categorical.stream().map(CategoricalTerm::rounded).toList());
  }

  /**
   * Returns what the weighted sum owes to each column, compared with an average instance: exact for
   * such a model. A missing value and an unseen category owe nothing.
   *
   * @throws IllegalArgumentException as for a prediction
   */
  Map<String, Double> attributions(Map<String, ? extends @Nullable Object> instance) {
    Map<String, Double> attributions = new LinkedHashMap<>();
    for (CategoricalTerm term : categorical) {
      attributions.put(term.column(), term.of(instance));
    }
    for (NumericTerm term : numeric) {
      double above = number(term, instance.get(term.column())) - term.missing();
      attributions.put(term.column(), term.coefficient() * above);
    }
    return attributions;
  }

  /**
   * Returns the prediction for one instance; columns that the model does not know are left aside.
   *
   * @throws IllegalArgumentException if a numeric column holds something else than a number
   */
  double predict(Map<String, ? extends @Nullable Object> instance) {
    double sum = intercept;
    for (NumericTerm term : numeric) {
      sum += term.coefficient() * number(term, instance.get(term.column()));
    }
    for (CategoricalTerm term : categorical) {
      sum += term.of(instance);
    }
    return link.apply(sum);
  }

  private static double twoDigits(double number) {
    return new BigDecimal(number).round(new MathContext(2)).doubleValue();
  }

  private static double number(NumericTerm term, @Nullable Object value) {
    if (value == null) {
      return term.missing();
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(term.column() + " is not a number");
  }
}
