package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.Arrays;
import java.util.List;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.LongsSketch;

/**
 * The tokens of one text column that are known: the most frequent of those seen at least twice.
 *
 * <p>A token seen once counts as unknown in the baseline as well: the share of such tokens
 * estimates how often traffic brings new ones (Good and Turing), so an open vocabulary alone is no
 * drift. Exact up to 24,576 different tokens; about 500 kB.
 */
final class Vocabulary {

  /** The largest number of known tokens. */
  static final int MAX_TOKENS = 10_000;

  private static final int SLOTS = 1 << 15;

  private final String name;
  private final LongsSketch frequencies = new LongsSketch(SLOTS);
  private final Tokens tokens = new Tokens();

  Vocabulary(String column) {
    this.name = column;
  }

  void add(InferenceBatch batch) {
    Column column = batch.find(Role.INPUT, name);
    for (int row = 0; column != null && row < batch.rows(); row++) {
      if (column.kind(row) == Column.TEXT) {
        tokens.over(column.textChars(), column.textOffset(row), column.textLength(row));
        while (tokens.next()) {
          frequencies.update(tokens.hash());
        }
      }
    }
  }

  /** Returns the hashes of the known tokens, increasing. */
  List<Long> known() {
    return Arrays.stream(frequencies.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
        .filter(row -> row.getLowerBound() >= 2)
        .limit(MAX_TOKENS)
        .map(LongsSketch.Row::getItem)
        .sorted()
        .toList();
  }
}
