package io.modeldrift.config;

import io.modeldrift.evaluate.RetrainingSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelServer;
import io.modeldrift.observe.VersionPair;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is configured about models beside their data.
 *
 * @param retraining when it is recommended to train a model again
 * @param servers where the processes that serve models can be seen
 * @param info what {@code model_info} says about a model version, by label name
 * @param comparisons which versions are compared
 */
public record ModelContext(
    RetrainingSettings retraining,
    List<ModelServer> servers,
    Function<ModelKey, Map<String, String>> info,
    List<VersionPair> comparisons) {

  /** Copies the lists. */
  public ModelContext {
    comparisons = List.copyOf(comparisons);
    servers = List.copyOf(servers);
  }

  /** Returns what holds without a configuration. */
  public static ModelContext withDefaults() {
    return new ModelContext(
        RetrainingSettings.withDefaults(), List.of(), model -> Map.of(), List.of());
  }
}
