package io.modeldrift.expose;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.RetrainingAdvice;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.QueueSnapshot;
import io.modeldrift.observe.AttributionSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.PairingCounts;
import io.modeldrift.observe.ServerUsage;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.truth.ReviewCounts;
import io.modeldrift.truth.StoreStatus;
import io.modeldrift.truth.TruthSnapshot;
import java.util.List;
import java.util.Map;

/**
 * Where metrics, pages and API read from.
 *
 * <p>Every method is called by server threads at every scrape or page view: it must be thread-safe,
 * must not wait for traffic, and hands out immutable values.
 */
public interface ExposedState {

  /** Returns all known model versions; their windows are not needed. */
  List<ModelSnapshot> models();

  /** Returns the last evaluation; {@link DriftReport#none} before the first. */
  DriftReport report();

  /** Returns how the evaluations went. */
  EvaluationFacts evaluations();

  /** Returns which models should be trained again, by the last evaluation. */
  List<RetrainingAdvice> retraining();

  /** Returns what predictions owe to their inputs, of models whose traffic says so. */
  List<AttributionSnapshot> attributions();

  /** Returns what was counted about versions that are compared. */
  List<VersionSnapshot> versions();

  /** Returns how far the outputs of compared versions lie apart, by the last evaluation. */
  List<VersionReport> versionReports();

  /** Returns what the configured model servers use at this moment. */
  List<ServerUsage> servers();

  /** Returns what the configuration says about a model, by label name; empty if nothing. */
  Map<String, String> info(ModelKey model);

  /**
   * Returns the account of all payloads.
   *
   * <p>Read it before anything else: a payload ends after its rows were counted, so what the
   * account calls observed is in everything that is read later.
   */
  LedgerSnapshot ledger();

  /** Returns how full the queue of payloads is. */
  QueueSnapshot queue();

  /** Returns how requests and responses have met. */
  PairingCounts pairing();

  /** Returns what is known about predictions and their outcomes; windows are not needed. */
  List<TruthSnapshot> truths();

  /** Returns how good predictions were at the last evaluation. */
  TruthReport truthReport();

  /** Returns where predictions wait for their outcomes. */
  StoreStatus truthStore();

  /** Returns how much feedback of each kind there was, by model. */
  Map<ModelKey, Map<Feedback.Kind, Long>> feedback();

  /** Returns what happened to rows that people were asked about, by model. */
  Map<ModelKey, ReviewCounts> reviews();

  /** Returns what the exporter says about itself. */
  ExporterFacts exporter();

  /** Returns how the exporter's surroundings treat it. */
  OperationFacts operations();

  /** Returns whether payloads are taken; false while starting and stopping. */
  boolean ready();
}
