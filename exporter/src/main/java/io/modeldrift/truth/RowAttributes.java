package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.ModelTruthSettings.Crossing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The segments and groups that rows belong to, each written as its column and a name.
 *
 * <p>Not thread-safe.
 */
final class RowAttributes {

  private static final int MOST_SAVED = 10_000;
  private static final char SEPARATOR = '\u0000';

  private final List<Attribute> attributes;
  private final List<Crossing> crossings;
  private final Map<String, AttributeNames> names = new LinkedHashMap<>();

  RowAttributes(ModelTruthSettings settings) {
    this.attributes = settings.attributes();
    this.crossings = settings.crossings();
  }

  /** Tells values apart as a baseline does from now on. */
  void adopt(@Nullable Baseline inForce) {
    for (Attribute attribute : attributes) {
      names.put(attribute.column(), AttributeNames.of(attribute, inForce));
    }
  }

  /** Returns the names of a row's segments and groups, each with its column. */
  List<String> of(InferenceBatch batch, int row) {
    List<String> found = new ArrayList<>(attributes.size());
    for (Attribute attribute : attributes) {
      found.add(word(attribute, PredictionColumns.value(cell(batch, attribute.column()), row)));
    }
    return found;
  }

  /** Returns the names of segments and groups that came along with an outcome. */
  List<String> of(GroundTruth truth) {
    List<String> found = new ArrayList<>(attributes.size());
    for (Attribute attribute : attributes) {
      found.add(word(attribute, truth.attributes().get(attribute.column())));
    }
    return found;
  }

  private String word(Attribute attribute, @Nullable Value value) {
    AttributeNames known = names.get(attribute.column());
    String name = known == null ? AttributeNames.OTHER : known.of(value);
    return attribute.column() + SEPARATOR + name;
  }

  private static @Nullable Column cell(InferenceBatch batch, String column) {
    Column input = batch.find(Role.INPUT, column);
    return input == null ? batch.find(Role.OUTPUT, column) : input;
  }

  /** Returns where a row with these names is counted for its segments now. */
  List<Tally> segments(TruthPanes into, List<String> words) {
    List<Tally> tallies = new ArrayList<>(words.size());
    for (String word : words) {
      if (isConfigured(word, true)) {
        tallies.add(into.segment(column(word), name(word)));
      }
    }
    return tallies;
  }

  /** Returns where a row with these names is counted for its groups now. */
  List<GroupTally> groups(TruthPanes into, List<String> words) {
    Map<String, String> groups = new LinkedHashMap<>();
    for (String word : words) {
      if (isConfigured(word, false)) {
        groups.put(column(word), name(word));
      }
    }
    for (Crossing crossing : crossings) {
      if (groups.keySet().containsAll(crossing.columns())) {
        List<String> parts = crossing.columns().stream().map(groups::get).toList();
        groups.put(crossing.name(), crossed(parts));
      }
    }
    List<GroupTally> tallies = new ArrayList<>(groups.size());
    groups.forEach((attribute, name) -> tallies.add(into.group(attribute, name)));
    return tallies;
  }

  /** A combination of which one part is not known is not known. */
  private static String crossed(List<String> parts) {
    for (String unknown : List.of(AttributeNames.MISSING, AttributeNames.OTHER)) {
      if (parts.contains(unknown)) {
        return unknown;
      }
    }
    return Crossing.join(parts);
  }

  private static String column(String word) {
    return word.substring(0, word.indexOf(SEPARATOR));
  }

  private static String name(String word) {
    return word.substring(word.indexOf(SEPARATOR) + 1);
  }

  /** A prediction may have waited since before a restart with another configuration. */
  private boolean isConfigured(String word, boolean segment) {
    String column = column(word);
    for (Attribute attribute : attributes) {
      if (attribute.column().equals(column)) {
        return segment ? attribute.segment() : attribute.sensitive();
      }
    }
    return false;
  }

  /** Writes the names that traffic has taught. */
  void save(StateOutput out) {
    out.number(names.size());
    names.forEach(
        (column, known) -> {
          out.text(column);
          known.save(out);
        });
  }

  /** Goes on with names that earlier traffic has taught. */
  void restore(StateInput in) throws SnapshotException {
    int columns = in.size(MOST_SAVED);
    for (int i = 0; i < columns; i++) {
      AttributeNames known = names.get(in.text());
      (known == null ? AttributeNames.none() : known).restore(in);
    }
  }
}
