package io.modeldrift.inference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one inference, as somebody reported it later.
 *
 * @param model name of the model; empty if the sender does not say
 * @param version version of the model; empty if the sender does not say
 * @param ids by which the prediction may be found, best first, bounded by {@link IdText}; empty if
 *     it comes along
 * @param row which row of the inference, from 0
 * @param outcome what turned out; null if the sender says that it is not known
 * @param prediction the prediction that comes along, by the names of its columns; an unnamed one
 *     under {@value #UNNAMED}, a class under {@value #LABEL}, a probability under {@value #SCORE};
 *     empty if there is none
 * @param attributes values of segments and groups that come along, by name
 */
public record GroundTruth(
    String model,
    String version,
    List<String> ids,
    int row,
    @Nullable Value outcome,
    Map<String, Value> prediction,
    Map<String, Value> attributes) {

  /** Name of a prediction that the sender gives none. */
  public static final String UNNAMED = "";

  /** Name of a predicted class where the sender tells class and probability apart. */
  public static final String LABEL = "prediction_label";

  /** Name of a predicted probability where the sender tells class and probability apart. */
  public static final String SCORE = "prediction_score";

  /** Copies the collections and bounds the ids. */
  public GroundTruth {
    ids = ids.stream().map(IdText::bounded).toList();
    prediction = Map.copyOf(prediction);
    attributes = Map.copyOf(attributes);
  }

  /** Returns whether the prediction comes along, so that nothing has to be looked up. */
  public boolean isInline() {
    return !prediction.isEmpty();
  }
}
