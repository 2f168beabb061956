package io.modeldrift.observe;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What predictions owe to their inputs, where traffic says so.
 *
 * <p>Bounded by the number of models and of inputs: a model takes 16 bytes an input and pane, and
 * nothing without attributions. Thread-safe.
 */
public final class AttributionStore {

  private final ObserveSettings settings;
  private final InstantSource time;
  private final Map<ModelKey, ModelAttributions> models = new TreeMap<>();

  public AttributionStore(ObserveSettings settings, InstantSource time) {
    this.settings = settings;
    this.time = time;
  }

  /**
   * Counts the attributions of a batch.
   *
   * @return whether there was room for its model
   */
  public boolean observe(InferenceBatch batch) {
    Instant now = time.instant();
    ModelAttributions model = find(batch.model(), now);
    if (model != null) {
      model.observe(batch, now);
    }
    return model != null;
  }

  /** Returns the models with attributions, by their names. */
  public List<AttributionSnapshot> snapshots() {
    Instant now = time.instant();
    return models().entrySet().stream()
        .map(model -> model.getValue().snapshot(model.getKey(), now))
        .toList();
  }

  private synchronized Map<ModelKey, ModelAttributions> models() {
    return new TreeMap<>(models);
  }

  private synchronized @Nullable ModelAttributions find(ModelKey key, Instant now) {
    ModelAttributions known = models.get(key);
    if (known == null && models.size() < settings.maxModels()) {
      known = new ModelAttributions(settings.windows(), now);
      models.put(key, known);
    }
    return known;
  }
}
