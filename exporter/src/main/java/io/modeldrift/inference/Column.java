package io.modeldrift.inference;

import java.util.Arrays;

/**
 * The values of one named column over the rows of one {@link InferenceBatch}.
 *
 * <p>Every cell has a {@linkplain #kind kind}; a cell that nobody set is {@link #ABSENT}. Numbers
 * lie in a {@code double[]}, texts in the batch's {@link TextArena}: writing and reading a cell
 * allocates nothing once the arrays have grown to the size of the batches that arrive.
 *
 * <p>Not thread-safe: a batch belongs to one thread at a time.
 */
public final class Column {

  /** The row did not mention the column. */
  public static final byte ABSENT = 0;

  /** The row gave no value: null or an empty CSV field. */
  public static final byte MISSING = 1;

  /** A number; may be NaN or infinite. */
  public static final byte NUMBER = 2;

  /** A text. */
  public static final byte TEXT = 3;

  /** The boolean true. */
  public static final byte TRUE = 4;

  /** The boolean false. */
  public static final byte FALSE = 5;

  /** Something that is not a scalar: an image, a nested object, a tensor above the cap. */
  public static final byte OPAQUE = 6;

  private final String name;
  private final Role role;
  private final TextArena arena;
  private byte[] kinds;
  private double[] numbers;
  private long[] texts = {};
  private int written;
  private int reported;
  private boolean active;

  Column(String name, Role role, TextArena arena, int capacity) {
    this.name = name;
    this.role = role;
    this.arena = arena;
    this.kinds = new byte[capacity];
    this.numbers = new double[capacity];
  }

  public String name() {
    return name;
  }

  public Role role() {
    return role;
  }

  /** Returns what the cell of this row holds, one of the constants of this class. */
  public byte kind(int row) {
    return row < written ? kinds[row] : ABSENT;
  }

  /** Returns the number in this row; only if its kind is {@link #NUMBER}. */
  public double number(int row) {
    return numbers[row];
  }

  /** Returns where the text of this row starts in {@link #textChars}; only for {@link #TEXT}. */
  public int textOffset(int row) {
    return (int) (texts[row] >>> 32);
  }

  /** Returns how many chars the text of this row has; only for {@link #TEXT}. */
  public int textLength(int row) {
    return (int) texts[row];
  }

  /** Returns the chars that texts point into; valid until the next text is written. */
  public char[] textChars() {
    return arena.chars();
  }

  /** Returns a copy of the text of this row; only if its kind is {@link #TEXT}. */
  public String text(int row) {
    return new String(arena.chars(), textOffset(row), textLength(row));
  }

  /** Sets a number; −0.0 becomes 0.0, so that both zeros fall into the same bin. */
  public void setNumber(int row, double number) {
    setKind(row, NUMBER);
    numbers[row] = number + 0.0;
  }

  /**
   * Sets the numbers of consecutive rows; the same as {@link #setNumber} for each of them.
   *
   * @param source rows of values, one after the other
   * @param offset where this column lies in a row
   * @param stride how many values a row has
   */
  public void setNumbers(int firstRow, double[] source, int offset, int stride, int count) {
    if (count == 0) {
      return;
    }
    setKind(firstRow + count - 1, NUMBER); // makes room for all
    Arrays.fill(kinds, firstRow, firstRow + count, NUMBER);
    double[] target = numbers;
    int from = offset;
    for (int row = firstRow; row < firstRow + count; row++) {
      target[row] = source[from] + 0.0;
      from += stride;
    }
  }

  /** Sets a boolean. */
  public void setBoolean(int row, boolean value) {
    setKind(row, value ? TRUE : FALSE);
  }

  /** Sets a cell to missing. */
  public void setMissing(int row) {
    setKind(row, MISSING);
  }

  /** Marks a cell as something that is not a scalar. */
  public void setOpaque(int row) {
    setKind(row, OPAQUE);
  }

  /** Sets a text by copying chars into the batch's arena. */
  public void setText(int row, char[] source, int offset, int length) {
    setTextCell(row, arena.append(source, offset, length), length);
  }

  /** Sets a text by copying its chars into the batch's arena. */
  public void setText(int row, CharSequence text) {
    setTextCell(row, arena.append(text), text.length());
  }

  void copyCell(int row, Column from, int fromRow) {
    switch (from.kind(fromRow)) {
      case ABSENT -> {}
      case NUMBER -> setNumber(row, from.number(fromRow));
      case TEXT ->
          setText(row, from.textChars(), from.textOffset(fromRow), from.textLength(fromRow));
      default -> setKind(row, from.kind(fromRow));
    }
  }

  private void setTextCell(int row, int offset, int length) {
    setKind(row, TEXT);
    if (texts.length <= row) {
      texts = Arrays.copyOf(texts, kinds.length);
    }
    texts[row] = (long) offset << 32 | length;
  }

  private void setKind(int row, byte kind) {
    if (row >= kinds.length) {
      int capacity = Math.max(row + 1, kinds.length * 2);
      kinds = Arrays.copyOf(kinds, capacity);
      numbers = Arrays.copyOf(numbers, capacity);
    }
    kinds[row] = kind;
    written = Math.max(written, row + 1);
  }

  /** Returns for how many more cells than when it was last asked there is room. */
  int growth() {
    int growth = kinds.length - reported;
    reported = kinds.length;
    return growth;
  }

  /** Returns for how many cells there was room when it was last asked. */
  int room() {
    return reported;
  }

  /** Says that a row of the current payload named the column. */
  void activate() {
    active = true;
  }

  boolean isActive() {
    return active;
  }

  /** Makes the cells from this row on absent again. */
  void clearFrom(int row) {
    if (row < written) {
      Arrays.fill(kinds, row, written, ABSENT);
      written = row;
    }
  }

  /** Makes every cell absent again, and the column one that no row has named. */
  void clear() {
    Arrays.fill(kinds, 0, written, ABSENT);
    written = 0;
    active = false;
  }
}
