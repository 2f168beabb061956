package io.modeldrift.config;

import io.modeldrift.decode.ModelDecoding;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelServer;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ReviewSettings;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of the list of models.
 *
 * @param name the model's name in traffic
 * @param version empty for every version that no other entry names
 * @param info what {@code model_info} says, by label name
 * @param server where the process that serves it can be seen
 */
record ModelConfig(
    String name,
    String version,
    ModelDecoding decoding,
    ObserveSettings.Model observe,
    DriftSettings drift,
    ModelTruthSettings truth,
    ReviewSettings.Sampling reviews,
    Map<String, String> info,
    Optional<ModelServer> server) {

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
