package io.modeldrift.truth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is configured about one model's predictions and their ground truth.
 *
 * @param output which columns are the prediction
 * @param attributes columns by whose values performance is told apart, each once
 * @param crossings sensitive columns whose groups are told apart together, too
 * @param detectors what watches the errors
 */
public record ModelTruthSettings(
    OutputSettings output,
    List<Attribute> attributes,
    List<Crossing> crossings,
    DetectorSettings detectors) {

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

  /**
   * Sensitive columns that are crossed: each combination of their groups is a group, too. A model
   * may treat women and the old fairly, and old women not.
   *
   * @param columns at least two
   */
  public record Crossing(List<String> columns) {

    private static final String AND = " & ";

    /** Copies the list. */
    public Crossing {
      columns = List.copyOf(columns);
      if (columns.size() < 2) {
        throw new IllegalArgumentException("one column cannot be crossed");
      }
    }

    /** Returns how the columns together are called. */
    public String name() {
      return join(columns);
    }

    /** Returns how one group of each column together are called. */
    static String join(List<String> names) {
      return String.join(AND, names);
    }
  }

  /** Makes settings without crossings and with the default detectors. */
  public ModelTruthSettings(OutputSettings output, List<Attribute> attributes) {
    this(output, attributes, List.of(), DetectorSettings.defaults());
  }

  /** Copies the lists. */
  public ModelTruthSettings {
    attributes = List.copyOf(attributes);
    crossings = List.copyOf(crossings);
  }

  /**
   * Returns the groups that others are compared with, by column or crossing; where there is one.
   */
  Map<String, String> references() {
    Map<String, String> references = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      if (!attribute.reference().isEmpty()) {
        references.put(attribute.column(), attribute.reference());
      }
    }
    for (Crossing crossing : crossings) {
      if (references.keySet().containsAll(crossing.columns())) {
        List<String> parts = crossing.columns().stream().map(references::get).toList();
        references.put(crossing.name(), Crossing.join(parts));
      }
    }
    return references;
  }

  /** Returns what holds for a model that nothing is said about. */
  public static ModelTruthSettings defaults() {
    return DEFAULTS;
  }
}
