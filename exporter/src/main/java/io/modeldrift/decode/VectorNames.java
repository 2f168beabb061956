package io.modeldrift.decode;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.PositionalNames;
import io.modeldrift.inference.Role;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the columns that one vector becomes; each is made once.
 *
 * <p>A vector of one value has a name of its own: a column of shape {@code [N,1]} is the column,
 * and the only output of a row is {@code prediction}.
 */
final class VectorNames {

  private final String single;
  private final String prefix;
  private @Nullable String[] names = {};

  private VectorNames(String single, String prefix) {
    this.single = single;
    this.prefix = prefix;
  }

  /** Returns {@code name}, or {@code name_0}, {@code name_1} … where there are several. */
  static VectorNames named(String name) {
    return new VectorNames(name, name + "_");
  }

  /** Returns {@code name}, or {@code name-0}, {@code name-1} … where there are several. */
  static VectorNames dashed(String name) {
    return new VectorNames(name, name + "-");
  }

  /** Returns the names that configuration gives to positions; positional beyond them. */
  static VectorNames positional(Role role, List<String> configured) {
    String prefix = role == Role.INPUT ? "feature_" : "prediction_";
    String unnamed = role == Role.INPUT ? PositionalNames.feature(0) : PositionalNames.PREDICTION;
    VectorNames names = new VectorNames(configured.isEmpty() ? unnamed : configured.get(0), prefix);
    int given = Math.min(configured.size(), InferenceBatch.MAX_COLUMNS);
    names.names = configured.subList(0, given).toArray(new @Nullable String[given]);
    return names;
  }

  /** Returns the name if the vector has one value. */
  String single() {
    return single;
  }

  /** Returns the name at this position if the vector has several values. */
  String at(int position) {
    if (prefix.length() > InferenceBatch.MAX_NAME_CHARS) {
      return prefix; // no column's name, however it ends
    }
    if (position >= InferenceBatch.MAX_COLUMNS) {
      return prefix + position;
    }
    if (position >= names.length) {
      names = Arrays.copyOf(names, Math.max(position + 1, 2 * names.length));
    }
    String name = names[position];
    if (name == null) {
      name = prefix + position;
      names[position] = name;
    }
    return name;
  }
}
