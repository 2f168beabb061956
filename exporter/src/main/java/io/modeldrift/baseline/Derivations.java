package io.modeldrift.baseline;

import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds out what the derived columns that settings ask for need to know: vocabularies while the
 * inputs are counted, covariances once their means are known.
 */
final class Derivations {

  private final BaselineSettings settings;
  private final Map<String, Vocabulary> vocabularies = new TreeMap<>();

  Derivations(BaselineSettings settings) {
    this.settings = settings;
    settings
        .columns()
        .forEach(
            (name, column) -> {
              if (column.derive().contains(DerivedKind.OUT_OF_VOCABULARY)) {
                vocabularies.put(name, new Vocabulary(name));
              }
            });
  }

  /** Takes the texts of a batch's inputs. */
  void add(InferenceBatch batch) {
    vocabularies.values().forEach(vocabulary -> vocabulary.add(batch));
  }

  /** Returns what needs one more look at all rows; empty if nothing does. */
  List<Covariances> covariances(List<BaselineColumn> inputs) {
    Covariances covariances = new Covariances(inputs);
    return settings.reconstruction() && covariances.areUseful() ? List.of(covariances) : List.of();
  }

  /** Returns the columns to be computed, in the order of their sources' names. */
  List<Derived> of(List<BaselineColumn> inputs, List<Covariances> covariances) {
    List<Derived> derived = new ArrayList<>();
    for (Map.Entry<String, ColumnSettings> column : new TreeMap<>(settings.columns()).entrySet()) {
      for (DerivedKind kind : column.getValue().derive()) {
        addTo(derived, kind, column.getKey(), inputs);
      }
    }
    for (Covariances each : covariances) {
      Derivation derivation = each.reconstruction(BaselineSettings.EXPLAINED);
      derived.add(new Derived(derivation.kind().label(), derivation.formula(), derivation));
    }
    return derived;
  }

  private void addTo(
      List<Derived> derived, DerivedKind kind, String column, List<BaselineColumn> inputs) {
    if (kind.ofVector()) {
      List<Double> centroid = centroid(column, inputs);
      if (!centroid.isEmpty()) {
        add(derived, column, new Derivation.OfVector(kind, column, centroid));
      }
    } else if (inputs.stream().anyMatch(input -> input.name().equals(column))) {
      Vocabulary vocabulary = vocabularies.get(column);
      List<Long> known =
          vocabulary == null || kind != DerivedKind.OUT_OF_VOCABULARY
              ? List.of()
              : vocabulary.known();
      add(derived, column, new Derivation.OfText(kind, column, known));
    }
  }

  private static void add(List<Derived> derived, String column, Derivation derivation) {
    derived.add(new Derived(derivation.kind().of(column), derivation.formula(), derivation));
  }

  private static List<Double> centroid(String column, List<BaselineColumn> inputs) {
    Map<String, BaselineColumn> byName = new TreeMap<>();
    inputs.forEach(input -> byName.put(input.name(), input));
    List<Double> centroid = new ArrayList<>();
    BaselineColumn next = byName.get(column + "_0");
    while (next != null && next.isNumeric() && next.role() == Role.INPUT) {
      centroid.add(next.mean());
      next = byName.get(column + "_" + centroid.size());
    }
    return centroid;
  }
}
