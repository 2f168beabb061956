package io.modeldrift.observe;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.inference.ModelKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept about live traffic, and for how many models.
 *
 * @param windows the sliding windows of every model, at least one
 * @param learningRows rows from which a model without a baseline learns one
 * @param maxModels model versions that are observed; rows of further ones are dropped
 * @param models what is configured for a model version; asked when it first appears
 */
public record ObserveSettings(
    List<Window> windows, int learningRows, int maxModels, Function<ModelKey, Model> models) {

  private static final List<Window> DEFAULT_WINDOWS =
      List.of(
          new Window("5m", Duration.ofMinutes(5), 5),
          new Window("1h", Duration.ofHours(1), 12),
          new Window("1d", Duration.ofDays(1), 24));

  private static final Model UNCONFIGURED =
      new Model(null, BaselineSettings.withDefaults(), Map.of());

  /**
   * What is configured for one model version.
   *
   * @param baseline what to compare with from the start; null to learn from traffic
   * @param learning how a baseline is made if it is learned
   * @param rules what is declared about single columns, by name
   */
  public record Model(
      @Nullable Baseline baseline, BaselineSettings learning, Map<String, ColumnRules> rules) {

    /** Copies the rules. */
    public Model {
      rules = Map.copyOf(rules);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there is no window, two have the same name, or a number is
   *     not positive
   */
  public ObserveSettings {
    windows = List.copyOf(windows);
    if (windows.isEmpty() || learningRows < 1 || maxModels < 1) {
      throw new IllegalArgumentException(
          windows.size()
              + " windows, "
              + learningRows
              + " learning rows and "
              + maxModels
              + " models: each must be at least 1");
    }
    Set<String> names = new HashSet<>();
    for (Window window : windows) {
      if (!names.add(window.name())) {
        throw new IllegalArgumentException("window " + window.name() + " stands there twice");
      }
    }
  }

  /** Returns the window with the shortest span. */
  Window shortestWindow() {
    return windows.stream().min(Comparator.comparing(Window::span)).orElseThrow();
  }

  /** Returns windows of 5 minutes, an hour and a day, 5,000 learning rows and 20 models. */
  public static ObserveSettings defaults() {
    return new ObserveSettings(DEFAULT_WINDOWS, 5_000, 20, model -> UNCONFIGURED);
  }
}
