package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column by which rows are told apart: few, and none that a single row could
 * bring in.
 *
 * <p>They are what configuration says, else the categories or bins of the baseline, else the first
 * values of traffic that occur at least {@value #MIN_ROWS} times. Any other value is {@value
 * #OTHER}. Not thread-safe.
 */
final class AttributeNames {

  static final String MISSING = "__missing__";
  static final String OTHER = "__other__";

  private static final int MIN_ROWS = 5;
  private static final int MOST_NAMES = 50;
  private static final int MOST_CANDIDATES = 1000;

  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, Integer> candidates = new HashMap<>();
  private final @Nullable NumericLayout bins;
  private final boolean learns;

  private AttributeNames(List<String> names, @Nullable NumericLayout bins, boolean learns) {
    names.stream().limit(MOST_NAMES).forEach(this.names::add);
    this.bins = bins;
    this.learns = learns;
  }

  static AttributeNames of(ModelTruthSettings.Attribute attribute, @Nullable Baseline baseline) {
    if (!attribute.names().isEmpty()) {
      return new AttributeNames(attribute.names(), null, false);
    }
    @Nullable BaselineColumn column = column(baseline, attribute.column());
    if (column == null) {
      return new AttributeNames(List.of(), null, true);
    }
    return column.layout() instanceof NumericLayout numeric
        ? new AttributeNames(List.of(), numeric, false)
        : new AttributeNames(((CategoricalLayout) column.layout()).categories(), null, false);
  }

  /** Returns what knows no names and learns none. */
  static AttributeNames none() {
    return new AttributeNames(List.of(), null, false);
  }

  private static @Nullable BaselineColumn column(@Nullable Baseline baseline, String name) {
    if (baseline == null) {
      return null;
    }
    return baseline
        .column(Role.INPUT, name)
        .or(() -> baseline.column(Role.OUTPUT, name))
        .orElse(null);
  }

  /** Writes the names that traffic has taught. */
  void save(StateOutput out) {
    out.number(learns ? names.size() : 0);
    if (learns) {
      names.forEach(out::text);
    }
  }

  /** Goes on with names that earlier traffic has taught. */
  void restore(StateInput in) throws SnapshotException {
    int count = in.size(MOST_NAMES);
    for (int i = 0; i < count; i++) {
      String name = in.text();
      if (learns && names.size() < MOST_NAMES) {
        names.add(name);
      }
    }
  }

  /** Returns the name of a row's value, null standing for a missing one. */
  String of(@Nullable Value value) {
    if (value == null) {
      return MISSING;
    }
    if (bins != null) {
      return value.asNumber().isPresent() ? bin(bins, value.asNumber().getAsDouble()) : OTHER;
    }
    String name = ClassNames.of(value);
    return names.contains(name) || learned(name) ? name : OTHER;
  }

  /** Whether a value that has just occurred has become one of the names. */
  private boolean learned(String name) {
    if (!learns || names.size() >= MOST_NAMES) {
      return false;
    }
    if (candidates.size() >= MOST_CANDIDATES && !candidates.containsKey(name)) {
      return false;
    }
    if (candidates.merge(name, 1, Integer::sum) < MIN_ROWS) {
      return false;
    }
    candidates.remove(name);
    return names.add(name);
  }

  private static String bin(NumericLayout layout, double number) {
    int bin = layout.indexOf(number);
    if (bin >= layout.valueBins()) {
      return OTHER;
    }
    return "[" + edge(layout.lower(bin)) + "," + edge(layout.upper(bin)) + ")";
  }

  private static String edge(double edge) {
    if (Double.isInfinite(edge)) {
      return edge > 0 ? "+Inf" : "-Inf";
    }
    return ClassNames.of(new Value.Numeric(edge));
  }
}
