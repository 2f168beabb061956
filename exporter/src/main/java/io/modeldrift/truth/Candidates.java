package io.modeldrift.truth;

import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.ModelKey;
import java.util.Set;
import java.util.TreeSet;

/**
 * The model versions that an outcome may be about: those of the model that it names, or all if it
 * names none.
 */
record Candidates(Set<ModelKey> models) {

  /** Chooses among all known versions. */
  static Candidates of(String name, Set<ModelKey> known) {
    Set<ModelKey> named = new TreeSet<>(known);
    named.removeIf(
        model ->
            name.isBlank() ? model.name().equals(ModelKey.UNKNOWN) : !model.name().equals(name));
    return new Candidates(named);
  }

  boolean areNone() {
    return models.isEmpty();
  }

  /** Returns the version that an outcome is counted for as long as no prediction tells better. */
  ModelKey counted(GroundTruth truth) {
    if (models.size() == 1) {
      return models.iterator().next();
    }
    if (truth.model().isBlank()) {
      return ModelKey.of(ModelKey.UNKNOWN);
    }
    ModelKey named = new ModelKey(truth.model(), truth.version());
    return models.contains(named) ? named : ModelKey.of(truth.model());
  }

  /** Returns the hashes by which its prediction may be known, best first. */
  long[] hashes(GroundTruth truth) {
    return models.stream()
        .map(ModelKey::name)
        .distinct()
        .flatMap(name -> truth.ids().stream().map(id -> JoinTable.hash(name, id, truth.row())))
        .mapToLong(Long::longValue)
        .toArray();
  }
}
