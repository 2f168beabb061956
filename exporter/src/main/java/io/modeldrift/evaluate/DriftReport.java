package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of one evaluation. Immutable: scrapes read it while the next one is computed.
 *
 * @param time when the evaluation started
 * @param models one report a model version, in the order given
 */
public record DriftReport(Instant time, List<ModelReport> models) {

  /** Copies the list. */
  public DriftReport {
    models = List.copyOf(models);
  }

  /** Returns the report before the first evaluation: no models. */
  public static DriftReport none() {
    return new DriftReport(Instant.EPOCH, List.of());
  }

  /** Returns the report of a model version, if it was evaluated. */
  public Optional<ModelReport> model(ModelKey key) {
    return models.stream().filter(report -> report.model().equals(key)).findFirst();
  }
}
