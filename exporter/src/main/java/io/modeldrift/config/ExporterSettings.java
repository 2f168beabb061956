package io.modeldrift.config;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineAdvice;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.IngestSettings;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.observe.PairingSettings;
import io.modeldrift.truth.TruthSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be configured, checked.
 *
 * @param access where the HTTP servers listen, and who gets in
 * @param about what is configured beside the data of models
 * @param expected models to get ready for before their first row: those with a baseline
 */
public record ExporterSettings(
    AccessSettings access,
    LogSettings log,
    IngestSettings ingest,
    StorageSettings storage,
    DecodeSettings decode,
    ObserveSettings observe,
    EvaluationSettings evaluation,
    PairingSettings pairing,
    TruthSettings truth,
    PeopleSettings people,
    ModelContext about,
    List<ModelKey> expected) {

  /** Copies the list. */
  public ExporterSettings {
    expected = List.copyOf(expected);
  }

  /** Returns what is usable but hardly meant, for a person: one sentence a model. */
  public List<String> advice() {
    List<String> advice = new ArrayList<>();
    for (ModelKey model : expected) {
      ObserveSettings.Model configured = observe.models().apply(model);
      Baseline baseline = configured.baseline();
      if (baseline != null) {
        BaselineAdvice.onLoaded(baseline, configured.learning())
            .ifPresent(sentence -> advice.add("model " + model + ": " + sentence));
      }
    }
    return advice;
  }

  /** Returns these settings with other addresses or doors. */
  public ExporterSettings withAccess(AccessSettings newAccess) {
    return new ExporterSettings(
        newAccess,
        log,
        ingest,
        storage,
        decode,
        observe,
        evaluation,
        pairing,
        truth,
        people,
        about,
        expected);
  }

  /** Returns these settings for a run that must not touch what a running exporter keeps on disk. */
  public ExporterSettings inMemory() {
    return new ExporterSettings(
        access,
        log,
        ingest,
        storage,
        decode,
        observe,
        evaluation,
        pairing,
        truth.withStore(truth.store().withDirectory(null)),
        PeopleSettings.defaults(),
        about,
        expected);
  }
}
