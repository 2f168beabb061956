package io.modeldrift.decode;

import java.util.List;

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
 */
public record ModelDecoding(
    List<String> features,
    List<String> outputs,
    String version,
    boolean bareFeatures,
    Rank1 rank1,
    CsvHeader csvHeader) {

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

  private static final ModelDecoding DEFAULTS =
      new ModelDecoding(List.of(), List.of(), "", false, Rank1.ROWS, CsvHeader.DETECT);

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
    return new ModelDecoding(newFeatures, outputs, version, bareFeatures, rank1, csvHeader);
  }

  public ModelDecoding withOutputs(List<String> newOutputs) {
    return new ModelDecoding(features, newOutputs, version, bareFeatures, rank1, csvHeader);
  }

  public ModelDecoding withVersion(String newVersion) {
    return new ModelDecoding(features, outputs, newVersion, bareFeatures, rank1, csvHeader);
  }

  public ModelDecoding withBareFeatures(boolean newBareFeatures) {
    return new ModelDecoding(features, outputs, version, newBareFeatures, rank1, csvHeader);
  }

  public ModelDecoding withRank1(Rank1 newRank1) {
    return new ModelDecoding(features, outputs, version, bareFeatures, newRank1, csvHeader);
  }

  public ModelDecoding withCsvHeader(CsvHeader newCsvHeader) {
    return new ModelDecoding(features, outputs, version, bareFeatures, rank1, newCsvHeader);
  }
}
