package io.modeldrift.baseline;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * How a CSV file is written.
 *
 * @param header whether the first line names the columns
 * @param delimiter between fields; {@link #ANY_DELIMITER} to find out from the first line
 * @param charset of the file; bytes that do not fit it are replaced
 * @param missing what stands for a missing value, besides the empty field
 */
public record CsvSettings(Header header, char delimiter, Charset charset, Set<String> missing) {

  /** The delimiter is found out: comma, semicolon, tabulator or bar. */
  public static final char ANY_DELIMITER = 0;

  private static final CsvSettings DEFAULT =
      new CsvSettings(Header.AUTO, ANY_DELIMITER, StandardCharsets.UTF_8, Set.of());

  /** Whether the first line names the columns. */
  public enum Header {
    /** It does if its fields all differ, none is empty and none is a number. */
    AUTO,
    YES,
    NO
  }

  /** Copies the set. */
  public CsvSettings {
    missing = Set.copyOf(missing);
  }

  /** Returns settings that find everything out, for UTF-8. */
  public static CsvSettings withDefaults() {
    return DEFAULT;
  }

  /** Returns these settings with a stated header. */
  public CsvSettings withHeader(Header stated) {
    return new CsvSettings(stated, delimiter, charset, missing);
  }

  /** Returns these settings with a stated delimiter. */
  public CsvSettings withDelimiter(char stated) {
    return new CsvSettings(header, stated, charset, missing);
  }

  /** Returns these settings with texts that stand for a missing value. */
  public CsvSettings withMissing(Set<String> texts) {
    return new CsvSettings(header, delimiter, charset, texts);
  }
}
