package io.modeldrift.app;

import io.modeldrift.config.ExporterSettings;
import io.modeldrift.ingest.InferenceSink;
import io.modeldrift.ingest.Intake;
import io.modeldrift.observe.AttributionStore;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.observe.VersionStore;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.truth.FeedbackCounts;
import io.modeldrift.truth.ReviewDesk;
import io.modeldrift.truth.TruthDesk;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where predictions meet what turned out and what people say.
 *
 * @param truth joins outcomes
 * @param feedback counts what end users say
 * @param reviews asks people
 * @param attributions counts what predictions owe to their inputs
 * @param versions compares what versions answer
 */
record Desks(
    TruthDesk truth,
    FeedbackCounts feedback,
    ReviewDesk reviews,
    AttributionStore attributions,
    VersionStore versions)
    implements AutoCloseable {

  static Desks open(
      ExporterSettings settings,
      Observatory observatory,
      RandomGenerator random,
      InstantSource time) {
    KnownModels models = new KnownModels(observatory);
    TruthDesk truth = new TruthDesk(settings.truth(), models, time);
    return new Desks(
        truth,
        new FeedbackCounts(models, settings.people().trustCorrections(), truth::truths),
        new ReviewDesk(
            settings.people().reviews(),
            settings.people().sampling(),
            settings.truth().models(),
            models,
            truth::truths,
            random,
            time),
        new AttributionStore(settings.observe(), time),
        new VersionStore(
            settings.about().comparisons(),
            settings.observe().windows(),
            observatory::baseline,
            time));
  }

  /** Returns where decoded payloads go. */
  Intake.Sinks sinks(Observatory observatory, PairingStore pairing) {
    return new Intake.Sinks(
        new InferenceSink(observatory, pairing, truth, reviews, attributions, versions),
        truth::truths,
        feedback::take);
  }

  /** Returns what of them survives a restart, in the order in which it is restored. */
  List<StatePart> state() {
    return List.of(truth, feedback, reviews, attributions, versions);
  }

  void reconfigure(ExporterSettings next) {
    truth.reconfigure(next.truth());
    attributions.reconfigure(next.observe());
    versions.reconfigure(next.about().comparisons(), next.observe().windows());
    feedback.trustCorrections(next.people().trustCorrections());
    reviews.reconfigure(next.people().reviews(), next.people().sampling(), next.truth().models());
  }

  @Override
  public void close() {
    reviews.close();
    truth.close();
  }
}
