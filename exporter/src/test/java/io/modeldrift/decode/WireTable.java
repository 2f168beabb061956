package io.modeldrift.decode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Generated rows, before any format: cells are Double, String, a vector as a list of Doubles, or
 * null.
 *
 * @param columns names; empty if the rows are numbers without names
 */
record WireTable(List<String> columns, List<List<@Nullable Object>> rows) {

  static final int VECTOR_WIDTH = 3;
  private static final List<String> NAMED =
      List.of("age", "balance", "channel", "note", "embedding");
  private static final List<String> KNOWN = List.of("web", "branch");
  private static final List<String> ANY =
      List.of("web", "branch", "é \"q\", x\\y", "never seen before");

  /** Returns rows of all kinds of values: nulls, NaN, infinities, odd texts, vectors. */
  static WireTable named(long seed) {
    return named(new Random(seed), ANY, seed + 2);
  }

  /** Returns many rows in which the text column has two categories only. */
  static WireTable forBaseline() {
    return named(new Random(99), KNOWN, 500);
  }

  /** Returns rows in which every text is this word and every number this number. */
  static WireTable named(String word, double number) {
    List<Double> vector = Collections.nCopies(VECTOR_WIDTH, number);
    return new WireTable(NAMED, List.of(List.of(number, number, word, word, vector)));
  }

  /** Returns a row without names in which every number is this number. */
  static WireTable unnamed(double number) {
    return new WireTable(List.of(), List.of(List.of(number, number, number)));
  }

  private static WireTable named(Random random, List<String> channels, long atLeast) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    long count = atLeast + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add((double) random.nextInt(100));
      row.add(i == 0 ? Double.valueOf(12.5) : number(random));
      row.add(channels.get(random.nextInt(channels.size())));
      row.add(random.nextInt(3) == 0 ? null : "n" + random.nextInt(5));
      row.add(vector(random));
      rows.add(row);
    }
    return new WireTable(NAMED, rows);
  }

  /** Returns rows of three numbers that have no names. */
  static WireTable unnamed(long seed) {
    Random random = new Random(seed);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    int count = 1 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      rows.add(List.of(random.nextGaussian(), (double) random.nextInt(), wide(random)));
    }
    return new WireTable(List.of(), rows);
  }

  private static @Nullable Object number(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> Double.POSITIVE_INFINITY;
      case 3 -> Double.NEGATIVE_INFINITY;
      default -> random.nextGaussian() * 1000;
    };
  }

  private static Object wide(Random random) {
    return random.nextInt(10) == 0
        ? Double.NaN
        : random.nextDouble() * Math.pow(10, random.nextInt(60) - 30);
  }

  private static List<Double> vector(Random random) {
    List<Double> vector = new ArrayList<>();
    for (int i = 0; i < VECTOR_WIDTH; i++) {
      vector.add(random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian());
    }
    return vector;
  }

  /** Returns the same rows for formats that have no null: NaN in numbers, a word in texts. */
  WireTable withoutNulls() {
    List<List<@Nullable Object>> filled = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<@Nullable Object> cells = new ArrayList<>(row);
      for (int i = 0; i < cells.size(); i++) {
        if (cells.get(i) == null) {
          cells.set(i, isText(i) ? "none" : (Object) Double.NaN);
        }
      }
      filled.add(cells);
    }
    return new WireTable(columns, filled);
  }

  /** Returns the same rows with one column for every position of a vector. */
  WireTable flat() {
    if (columns.isEmpty()) {
      return this;
    }
    List<List<@Nullable Object>> flat = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (Object cell : row) {
        cells.addAll(cell instanceof List<?> vector ? vector : Collections.singletonList(cell));
      }
      flat.add(cells);
    }
    List<String> names = new ArrayList<>(columns.subList(0, columns.size() - 1));
    for (int i = 0; i < VECTOR_WIDTH; i++) {
      names.add(columns.get(columns.size() - 1) + "_" + i);
    }
    return new WireTable(names, flat);
  }

  /** Returns the name that a decoder must give to each column of {@link #flat}. */
  List<String> decodedNames() {
    return columns.isEmpty() ? List.of("feature_0", "feature_1", "feature_2") : flat().columns();
  }

  boolean isText(int column) {
    return !columns.isEmpty() && List.of("channel", "note").contains(columns.get(column));
  }

  boolean isVector(int column) {
    return !columns.isEmpty() && columns.get(column).equals("embedding");
  }

  /** Returns the cells of one column. */
  List<@Nullable Object> cells(int column) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      cells.add(row.get(column));
    }
    return cells;
  }
}
