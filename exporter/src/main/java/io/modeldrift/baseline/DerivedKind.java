package io.modeldrift.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What can be computed from input columns and compared like a column of its own. */
public enum DerivedKind {
  /** Number of characters (UTF-16 code units) of a text. */
  LENGTH,
  /** Number of tokens of a text: runs of letters and digits. */
  TOKENS,
  /** Share of a text's characters beyond ASCII, 0 to 1; none for an empty text. */
  NON_ASCII,
  /** Share of a text's tokens that the baseline hardly knows, 0 to 1; none without tokens. */
  OUT_OF_VOCABULARY,
  /** Euclidean norm of a vector. */
  NORM,
  /** Cosine of the angle between a vector and the baseline's mean vector, −1 to 1. */
  COSINE,
  /** Distance from the plane of the baseline's principal components. */
  RECONSTRUCTION_ERROR;

  /** Returns the word for it in configuration, in files and at the end of the column's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether it is computed from one text. */
  public boolean ofText() {
    return compareTo(OUT_OF_VOCABULARY) <= 0;
  }

  /** Returns whether it is computed from one vector. */
  public boolean ofVector() {
    return this == NORM || this == COSINE;
  }

  /** Returns what can be switched on for a single column, by label. */
  public static Map<String, DerivedKind> ofOneColumn() {
    Map<String, DerivedKind> kinds = new TreeMap<>();
    List<DerivedKind> all = Arrays.asList(values());
    all.stream().filter(k -> k.ofText() || k.ofVector()).forEach(k -> kinds.put(k.label(), k));
    return kinds;
  }

  /** Returns the name of the column derived from this one. */
  String of(String column) {
    return column + "_" + label();
  }
}
