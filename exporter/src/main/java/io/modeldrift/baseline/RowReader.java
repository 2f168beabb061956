package io.modeldrift.baseline;

import io.modeldrift.inference.InferenceBatch;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One pass over the rows of a source. Not thread-safe. */
public interface RowReader extends Closeable {

  /**
   * Returns the next rows, or null after the last; valid until the next call.
   *
   * @throws IOException if the source cannot be read further; the message names the place
   */
  @Nullable InferenceBatch next() throws IOException;

  /** Returns what was wrong with the rows read so far. */
  RowProblems problems();

  /** Returns how much has been read, 0 to 1; NaN if the end is not known. */
  double progress();
}
