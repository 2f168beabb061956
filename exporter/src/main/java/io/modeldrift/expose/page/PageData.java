package io.modeldrift.expose.page;

import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.TruthReport;
import io.modeldrift.evaluate.VersionReport;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.QueueSnapshot;
import io.modeldrift.observe.AttributionSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.VersionSnapshot;
import io.modeldrift.truth.TruthSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the page shows.
 *
 * @param models all known model versions
 * @param report the last evaluation
 * @param truths what is known about predictions and their outcomes
 * @param truth how good predictions were at the last evaluation
 * @param waitingReviews how many rows wait for reviewers; empty if nobody is asked
 * @param attributions what predictions owe to their inputs
 * @param versions compared ones
 * @param versionReports how far they lay apart at the last evaluation
 * @param version of the exporter
 * @param started when it began to take payloads
 * @param now when the page is made
 */
public record PageData(
    List<ModelSnapshot> models,
    DriftReport report,
    List<TruthSnapshot> truths,
    TruthReport truth,
    OptionalInt waitingReviews,
    List<AttributionSnapshot> attributions,
    List<VersionSnapshot> versions,
    List<VersionReport> versionReports,
    LedgerSnapshot ledger,
    QueueSnapshot queue,
    String version,
    Instant started,
    Instant now) {

  /** Copies the lists. */
  public PageData {
    models = List.copyOf(models);
    truths = List.copyOf(truths);
    attributions = List.copyOf(attributions);
    versions = List.copyOf(versions);
    versionReports = List.copyOf(versionReports);
  }
}
