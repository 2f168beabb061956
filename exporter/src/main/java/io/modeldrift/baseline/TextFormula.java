package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A number about the text in one column. */
final class TextFormula implements RowFormula {

  private final DerivedKind kind;
  private final String name;
  private final long[] vocabulary;
  private final Tokens tokens = new Tokens();
  private @Nullable Column column;

  TextFormula(Derivation.OfText derivation) {
    this.kind = derivation.kind();
    this.name = derivation.column();
    this.vocabulary = derivation.vocabulary().stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public void bind(InferenceBatch batch) {
    column = batch.find(Role.INPUT, name);
  }

  @Override
  public double of(int row) {
    byte cell = column == null ? Column.ABSENT : column.kind(row);
    if (column == null || cell == Column.ABSENT || cell == Column.MISSING) {
      return Double.NaN;
    }
    if (cell != Column.TEXT) {
      return Double.POSITIVE_INFINITY;
    }
    return of(column.textChars(), column.textOffset(row), column.textLength(row));
  }

  private double of(char[] chars, int offset, int length) {
    return switch (kind) {
      case LENGTH -> length;
      case NON_ASCII -> nonAsciiShare(chars, offset, length);
      case TOKENS -> {
        tokens.over(chars, offset, length);
        int count = 0;
        while (tokens.next()) {
          count++;
        }
        yield count;
      }
      default -> unknownShare(chars, offset, length);
    };
  }

  private static double nonAsciiShare(char[] chars, int offset, int length) {
    int beyond = 0;
    for (int i = offset; i < offset + length; i++) {
      beyond += chars[i] > 0x7f ? 1 : 0;
    }
    return (double) beyond / length; // of nothing: NaN, which is missing
  }

  private double unknownShare(char[] chars, int offset, int length) {
    tokens.over(chars, offset, length);
    int count = 0;
    int unknown = 0;
    while (tokens.next()) {
      count++;
      unknown += Arrays.binarySearch(vocabulary, tokens.hash()) < 0 ? 1 : 0;
    }
    return (double) unknown / count;
  }
}
