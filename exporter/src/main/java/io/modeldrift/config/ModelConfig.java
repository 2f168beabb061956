package io.modeldrift.config;

import io.modeldrift.decode.ModelDecoding;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ReviewSettings;

/**
 * One entry of the list of models.
 *
 * @param name the model's name in traffic
 * @param version empty for every version that no other entry names
 */
record ModelConfig(
    String name,
    String version,
    ModelDecoding decoding,
    ObserveSettings.Model observe,
    DriftSettings drift,
    ModelTruthSettings truth,
    ReviewSettings.Sampling reviews) {

  boolean matches(ModelKey model) {
    return name.equals(model.name()) && (version.isEmpty() || version.equals(model.version()));
  }

  /** Returns the key under which drift settings are kept: the name, or name and version. */
  String driftKey() {
    return version.isEmpty() ? name : name + " " + version;
  }

  /** Returns the version to get ready for. */
  ModelKey expected() {
    return new ModelKey(name, version);
  }
}
