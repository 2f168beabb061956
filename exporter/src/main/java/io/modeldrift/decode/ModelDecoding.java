package io.modeldrift.decode;

import io.modeldrift.inference.InferenceBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one model's payloads leave open.
 *
 * @param features names of inputs that payloads give by position only
 * @param outputs names of outputs that payloads give by position only
 * @param version the version of traffic that names none; empty if there is none
 * @param bareFeatures whether a body without any envelope, a flat object or an array of rows, is a
 *     request
 * @param rank1 what a tensor with one dimension means
 * @param csvHeader whether CSV begins with a line of names
 * @param tensorColumns how the columns of a wide tensor are named
 * @param rawInput what Triton's raw requests hold; null if nobody said so
 */
public record ModelDecoding(
    List<String> features,
    List<String> outputs,
    String version,
    boolean bareFeatures,
    Rank1 rank1,
    CsvHeader csvHeader,
    TensorColumns tensorColumns,
    @Nullable RawInput rawInput) {

  /** What a tensor of shape {@code [N]} holds. */
  public enum Rank1 {
    /** N rows of one value. */
    ROWS,
    /** One row of N values. */
    VECTOR
  }

  /** Whether the first line of CSV names the columns. */
  public enum CsvHeader {
    /** It does if no cell of it is a number and a cell of the second line is. */
    DETECT,
    PRESENT,
    ABSENT
  }

  /** How the columns of a tensor with several values a row are named. */
  public enum TensorColumns {
    /**
     * {@code feature_3} or {@code prediction_3} if it is the only tensor, as over V1; {@code
     * tensor_3} beside others.
     */
    POSITION,
    /** Always {@code tensor-3}, as TrustyAI does. */
    TENSOR
  }

  /**
   * The one input of requests that are nothing but its bytes.
   *
   * @param datatype a type of the Open Inference Protocol, in any case
   * @param columns values in a row, at least 1; of {@code BYTES} there is one in the whole request
   */
  public record RawInput(String datatype, int columns) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if there is no such type, or no column
     */
    public RawInput {
      if (Datatype.of(datatype) == null) {
        throw new IllegalArgumentException(
            "datatype \"" + datatype + "\" is not one of " + Arrays.toString(Datatype.values()));
      }
      if (columns < 1 || columns > InferenceBatch.MAX_COLUMNS) {
        throw new IllegalArgumentException(
            "columns " + columns + " is not in 1 to " + InferenceBatch.MAX_COLUMNS);
      }
    }
  }

  private static final ModelDecoding DEFAULTS =
      new ModelDecoding(
          List.of(),
          List.of(),
          "",
          false,
          Rank1.ROWS,
          CsvHeader.DETECT,
          TensorColumns.POSITION,
          null);

  /** Copies the lists. */
  public ModelDecoding {
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
  }

  /** Returns what holds for a model that nothing is known about. */
  public static ModelDecoding defaults() {
    return DEFAULTS;
  }

  public ModelDecoding withFeatures(List<String> newFeatures) {
    return new ModelDecoding(
        newFeatures, outputs, version, bareFeatures, rank1, csvHeader, tensorColumns, rawInput);
  }

  public ModelDecoding withOutputs(List<String> newOutputs) {
    return new ModelDecoding(
        features, newOutputs, version, bareFeatures, rank1, csvHeader, tensorColumns, rawInput);
  }

  public ModelDecoding withBareFeatures(boolean newBareFeatures) {
    return new ModelDecoding(
        features, outputs, version, newBareFeatures, rank1, csvHeader, tensorColumns, rawInput);
  }

  public ModelDecoding withRank1(Rank1 newRank1) {
    return new ModelDecoding(
        features, outputs, version, bareFeatures, newRank1, csvHeader, tensorColumns, rawInput);
  }

  public ModelDecoding withCsvHeader(CsvHeader newCsvHeader) {
    return new ModelDecoding(
        features, outputs, version, bareFeatures, rank1, newCsvHeader, tensorColumns, rawInput);
  }

  public ModelDecoding withTensorColumns(TensorColumns newTensorColumns) {
    return new ModelDecoding(
        features, outputs, version, bareFeatures, rank1, csvHeader, newTensorColumns, rawInput);
  }

  public ModelDecoding withRawInput(@Nullable RawInput newRawInput) {
    return new ModelDecoding(
        features, outputs, version, bareFeatures, rank1, csvHeader, tensorColumns, newRawInput);
  }
}
