package io.modeldrift.truth;

import java.util.List;

/**
 * What is configured about one model's predictions and their ground truth.
 *
 * @param output which columns are the prediction
 * @param attributes columns by whose values performance is told apart, each once
 * @param detectors what watches the errors
 */
public record ModelTruthSettings(
    OutputSettings output, List<Attribute> attributes, DetectorSettings detectors) {

  private static final ModelTruthSettings DEFAULTS =
      new ModelTruthSettings(OutputSettings.defaults(), List.of());

  /**
   * A column by whose values performance is told apart.
   *
   * @param column its name among the inputs or outputs; it need not be a feature of the model
   * @param segment whether performance is kept for each value
   * @param sensitive whether its values are groups that are to be treated alike
   * @param names the values that are told apart; empty for those of the baseline, or the first that
   *     occur more than a few times
   * @param reference the group that others are compared with; empty if there is none
   */
  public record Attribute(
      String column, boolean segment, boolean sensitive, List<String> names, String reference) {

    /** Copies the list. */
    public Attribute {
      names = List.copyOf(names);
    }

    /** Returns a column that performance is kept for. */
    public static Attribute ofSegment(String column) {
      return new Attribute(column, true, false, List.of(), "");
    }

    /** Returns a column of groups. */
    public static Attribute ofGroups(String column) {
      return new Attribute(column, false, true, List.of(), "");
    }
  }

  /** Makes settings with the default detectors. */
  public ModelTruthSettings(OutputSettings output, List<Attribute> attributes) {
    this(output, attributes, DetectorSettings.defaults());
  }

  /** Copies the list. */
  public ModelTruthSettings {
    attributes = List.copyOf(attributes);
  }

  /** Returns what holds for a model that nothing is said about. */
  public static ModelTruthSettings defaults() {
    return DEFAULTS;
  }
}
