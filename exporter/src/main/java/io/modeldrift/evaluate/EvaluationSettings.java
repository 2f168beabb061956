package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import java.time.Duration;
import java.util.Map;

/**
 * When models are evaluated, and how.
 *
 * @param interval time between evaluations, at least 5 s
 * @param defaults how models are judged that {@code models} does not name
 * @param models how single models are judged, by {@code name} or {@code name version}; the latter
 *     wins
 * @param fairness when groups count as treated differently
 */
public record EvaluationSettings(
    Duration interval,
    DriftSettings defaults,
    Map<String, DriftSettings> models,
    FairnessSettings fairness) {

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
  private static final EvaluationSettings DEFAULT =
      new EvaluationSettings(
          Duration.ofSeconds(60),
          DriftSettings.withDefaults(),
          Map.of(),
          FairnessSettings.withDefaults());

  /** Copies the map and checks the interval. */
  public EvaluationSettings {
    models = Map.copyOf(models);
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "evaluation interval " + interval + " is shorter than " + SHORTEST_INTERVAL);
    }
  }

  /** Returns one evaluation a minute with the default verdicts. */
  public static EvaluationSettings withDefaults() {
    return DEFAULT;
  }

  /** Returns these settings with other verdicts. */
  public EvaluationSettings withDrift(
      DriftSettings newDefaults, Map<String, DriftSettings> newModels) {
    return new EvaluationSettings(interval, newDefaults, newModels, fairness);
  }

  /** Returns how a model version is judged. */
  public DriftSettings drift(ModelKey model) {
    DriftSettings ofName = models.getOrDefault(model.name(), defaults);
    return models.getOrDefault(model.name() + " " + model.version(), ofName);
  }
}
