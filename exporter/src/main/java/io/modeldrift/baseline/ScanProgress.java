package io.modeldrift.baseline;

/** Is told how far a scan of a source is; called often, so it should return at once. */
public interface ScanProgress {

  /** A listener that does nothing. */
  ScanProgress NONE = (pass, rows, part) -> {};

  /**
   * Says how far the scan is.
   *
   * @param pass which pass over the source, from 1
   * @param rows read in this pass
   * @param part of the source read in this pass, 0 to 1; NaN if its end is not known
   */
  void read(int pass, long rows, double part);
}
