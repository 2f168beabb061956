package io.modeldrift.baseline;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The rows of a CSV file, plain or gzip.
 *
 * <p>A field that is written like a JSON number is a number, {@code true} and {@code false} in any
 * of the usual cases are booleans, an empty field is missing, everything else is text: so that a
 * column of codes becomes the same categories here as in JSON traffic.
 */
public final class CsvSource implements RowSource {

  private final Path file;
  private final CsvSettings settings;
  private final ColumnChoice choice;

  /** Reads this file. */
  public CsvSource(Path file, CsvSettings settings, ColumnChoice choice) {
    this.file = file;
    this.settings = settings;
    this.choice = choice;
  }

  @Override
  public String description() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public boolean hasOnlyTexts() {
    return true;
  }

  @Override
  public RowReader open() throws IOException {
    SourceFile opened = SourceFile.open(file);
    try {
      return CsvReader.open(file.toString(), opened, settings, choice);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }
}
