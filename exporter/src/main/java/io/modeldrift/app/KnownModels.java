package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Observatory;
import io.modeldrift.truth.TruthDesk;
import java.util.Optional;
import java.util.Set;

/** What ground truth needs to know about models that are observed. */
record KnownModels(Observatory observatory) implements TruthDesk.Models {

  @Override
  public Set<ModelKey> known() {
    return observatory.models();
  }

  @Override
  public Optional<Baseline> baseline(ModelKey model) {
    return observatory.baseline(model);
  }
}
