package io.modeldrift.decode;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.util.Map;

/**
 * What decoding needs to know beyond the payload.
 *
 * @param maxBytes largest body after decompression, at least 1
 * @param maxRows most rows in one payload, at least 1
 * @param maxFeatures most scalars in one tensor or row that become columns, 1 to {@value
 *     InferenceBatch#MAX_COLUMNS}; a wider one is opaque, so that no image becomes columns
 * @param defaultModel the model of traffic that names none
 * @param models what is known about single models, by name
 */
public record DecodeSettings(
    int maxBytes,
    int maxRows,
    int maxFeatures,
    ModelKey defaultModel,
    Map<String, ModelDecoding> models) {

  /** Below the 784 pixels of the smallest images that models are asked about. */
  private static final int NO_IMAGE = 512;

  private static final DecodeSettings DEFAULTS =
      new DecodeSettings(8 << 20, 65_536, NO_IMAGE, ModelKey.of(ModelKey.UNKNOWN), Map.of());

  /** Checks the ranges and copies the map. */
  public DecodeSettings {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes " + maxBytes + " is below 1");
    }
    if (maxRows < 1) {
      throw new IllegalArgumentException("maxRows " + maxRows + " is below 1");
    }
    if (maxFeatures < 1 || maxFeatures > InferenceBatch.MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "maxFeatures " + maxFeatures + " is not in 1 to " + InferenceBatch.MAX_COLUMNS);
    }
    models = Map.copyOf(models);
  }

  /**
   * Returns settings that suit traffic nothing is known about: 8 MiB, 65,536 rows, 512 values a
   * row.
   */
  public static DecodeSettings defaults() {
    return DEFAULTS;
  }

  public DecodeSettings withMaxBytes(int newMaxBytes) {
    return new DecodeSettings(newMaxBytes, maxRows, maxFeatures, defaultModel, models);
  }

  public DecodeSettings withMaxRows(int newMaxRows) {
    return new DecodeSettings(maxBytes, newMaxRows, maxFeatures, defaultModel, models);
  }

  public DecodeSettings withMaxFeatures(int newMaxFeatures) {
    return new DecodeSettings(maxBytes, maxRows, newMaxFeatures, defaultModel, models);
  }

  public DecodeSettings withDefaultModel(ModelKey newDefaultModel) {
    return new DecodeSettings(maxBytes, maxRows, maxFeatures, newDefaultModel, models);
  }

  public DecodeSettings withModels(Map<String, ModelDecoding> newModels) {
    return new DecodeSettings(maxBytes, maxRows, maxFeatures, defaultModel, newModels);
  }

  /** Returns what is known about a model; the defaults if nothing is. */
  ModelDecoding model(String name) {
    return models.getOrDefault(name, ModelDecoding.defaults());
  }
}
