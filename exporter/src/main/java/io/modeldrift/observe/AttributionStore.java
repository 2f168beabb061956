package io.modeldrift.observe;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
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
public final class AttributionStore implements StatePart {

  private ObserveSettings settings;
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

  /** Goes on under new settings; other windows begin afresh. */
  public synchronized void reconfigure(ObserveSettings newSettings) {
    if (!newSettings.windows().equals(settings.windows())) {
      models.clear();
    }
    settings = newSettings;
  }

  @Override
  public String stateName() {
    return "attributions";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  @Override
  public void save(Sections sections) throws IOException {
    for (Map.Entry<ModelKey, ModelAttributions> model : models().entrySet()) {
      StateOutput section = new StateOutput();
      section.text(model.getKey().name());
      section.text(model.getKey().version());
      model.getValue().save(section, time.instant());
      sections.add(section);
    }
  }

  @Override
  public void restore(StateInput section, boolean continuous) throws SnapshotException {
    Instant now = time.instant();
    ModelAttributions model = find(new ModelKey(section.text(), section.text()), now);
    if (model == null) {
      throw new SnapshotException("one model version too many");
    }
    model.restore(section, continuous, now);
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
