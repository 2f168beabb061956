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
 * @param maxCells most values in one payload, rows times columns, at least 1
 * @param defaultModel the model of traffic that names none
 * @param models what is known about single models, by name
 */
public record DecodeSettings(
    int maxBytes,
    int maxRows,
    int maxFeatures,
    int maxCells,
    ModelKey defaultModel,
    Map<String, ModelDecoding> models) {

  /** Below the 784 pixels of the smallest images that models are asked about. */
  private static final int NO_IMAGE = 512;

  /** What a column takes for each row: a number and its kind, in arrays that grow by doubling. */
  private static final int CELL_BYTES = 18;

  /** The largest payload by default: 65,536 rows of 64 columns. */
  private static final int MANY_CELLS = 1 << 22;

  private static final DecodeSettings DEFAULTS =
      new DecodeSettings(
          bytes(Runtime.getRuntime().maxMemory()),
          65_536,
          NO_IMAGE,
          cells(Runtime.getRuntime().maxMemory()),
          ModelKey.of(ModelKey.UNKNOWN),
          Map.of());

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
    if (maxCells < 1) {
      throw new IllegalArgumentException("maxCells " + maxCells + " is below 1");
    }
    models = Map.copyOf(models);
  }

  /** Returns how large a body may become: a text takes seven times as much while it is read. */
  static int bytes(long heap) {
    return (int) Math.max(1 << 20, Math.min(8 << 20, heap / 24));
  }

  /** Returns how many cells an eighth of this heap holds, in bytes; four million at most. */
  static int cells(long heap) {
    return (int) Math.min(MANY_CELLS, Math.max(1, heap / 8 / CELL_BYTES));
  }

  /**
   * Returns settings that suit traffic nothing is known about: 65,536 rows, 512 values a row, a
   * twenty-fourth of the heap but at most 8 MiB as bytes and what an eighth of it holds as values.
   */
  public static DecodeSettings defaults() {
    return DEFAULTS;
  }

  public DecodeSettings withMaxBytes(int newMaxBytes) {
    return new DecodeSettings(newMaxBytes, maxRows, maxFeatures, maxCells, defaultModel, models);
  }

  public DecodeSettings withMaxRows(int newMaxRows) {
    return new DecodeSettings(maxBytes, newMaxRows, maxFeatures, maxCells, defaultModel, models);
  }

  public DecodeSettings withMaxFeatures(int newMaxFeatures) {
    return new DecodeSettings(maxBytes, maxRows, newMaxFeatures, maxCells, defaultModel, models);
  }

  public DecodeSettings withMaxCells(int newMaxCells) {
    return new DecodeSettings(maxBytes, maxRows, maxFeatures, newMaxCells, defaultModel, models);
  }

  public DecodeSettings withDefaultModel(ModelKey newDefaultModel) {
    return new DecodeSettings(maxBytes, maxRows, maxFeatures, maxCells, newDefaultModel, models);
  }

  public DecodeSettings withModels(Map<String, ModelDecoding> newModels) {
    return new DecodeSettings(maxBytes, maxRows, maxFeatures, maxCells, defaultModel, newModels);
  }

  /** Returns what is known about a model; the defaults if nothing is. */
  ModelDecoding model(String name) {
    return models.getOrDefault(name, ModelDecoding.defaults());
  }
}
