package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import java.util.List;
import java.util.function.Function;

/**
 * How ground truth is joined and what is made of it.
 *
 * @param store where predictions wait
 * @param windows over which performance is told, as over drift
 * @param models what is configured for a model version; asked when it first appears
 * @param maxModels model versions that performance is kept for
 */
public record TruthSettings(
    StoreSettings store,
    List<Window> windows,
    Function<ModelKey, ModelTruthSettings> models,
    int maxModels) {

  /** Copies the list. */
  public TruthSettings {
    windows = List.copyOf(windows);
  }

  public TruthSettings withStore(StoreSettings newStore) {
    return new TruthSettings(newStore, windows, models, maxModels);
  }
}
