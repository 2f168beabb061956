package io.modeldrift.baseline;

import java.io.IOException;

/**
 * Rows that can be read from first to last as often as needed, such as a file or a query.
 *
 * <p>Every pass must give the same rows in the same order.
 */
public interface RowSource {

  /** Returns what the rows are, for a person: a file name, a query. */
  String description();

  /** Returns whether numbers may be written as texts, because the source knows nothing else. */
  boolean hasOnlyTexts();

  /**
   * Begins a pass.
   *
   * @throws IOException if the source cannot be read; the message names it and says why
   */
  RowReader open() throws IOException;
}
