package io.modeldrift.baseline;

import io.modeldrift.inference.ModelKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The rows of a file with one JSON object a line, plain or gzip: either flat objects, a column a
 * key, or the records of the native API, with {@code features} and {@code prediction}. Values mean
 * what they mean in live traffic.
 */
public final class NdjsonSource implements RowSource {

  private final Path file;
  private final Optional<ModelKey> model;
  private final ColumnChoice choice;

  /**
   * Reads this file.
   *
   * @param model whose records to take; empty to take the model of the first record
   */
  public NdjsonSource(Path file, Optional<ModelKey> model, ColumnChoice choice) {
    this.file = file;
    this.model = model;
    this.choice = choice;
  }

  @Override
  public String description() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public boolean hasOnlyTexts() {
    return false;
  }

  @Override
  public RowReader open() throws IOException {
    return new NdjsonReader(file.toString(), SourceFile.open(file), model, choice);
  }
}
