package io.modeldrift.app;

import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.ExporterSettings;
import io.modeldrift.config.ModelContext;
import io.modeldrift.config.Overrides;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.evaluate.Drift;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.evaluate.PastSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.Intake;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.observe.VersionPair;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.statistics.Agreement;
import io.modeldrift.statistics.SequentialPlan;
import io.modeldrift.truth.DetectorSettings;
import io.modeldrift.truth.ModelTruthSettings;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import io.modeldrift.truth.OutputKind;
import io.modeldrift.truth.OutputSettings;
import io.modeldrift.truth.TruthSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The parts of an exporter that keep state, without servers and threads. */
final class StatefulExporter implements AutoCloseable {

  static final ModelKey CHAMPION = new ModelKey("credit", "1");
  private static final VersionPair PAIR =
      new VersionPair(
          CHAMPION,
          new ModelKey("credit", "2"),
          Agreement.DEFAULT,
          SequentialPlan.DEFAULT,
          Duration.ofMinutes(1),
          1_000);
  private static final ModelTruthSettings CREDIT =
      new ModelTruthSettings(
          OutputSettings.defaults().withKind(OutputKind.BINARY).withCalibrated(true),
          List.of(Attribute.ofSegment("channel"), Attribute.ofGroups("gender")),
          List.of(),
          new DetectorSettings(List.of(DetectorSettings.Kind.values()), 100_000));

  private final InstantSource time;
  final Observatory observatory;
  final PairingStore pairing;
  final Desks desks;
  final Intake intake;
  final EvaluationLoop evaluations;

  /** Makes one that learns from this many rows. */
  StatefulExporter(int learningRows, InstantSource time) {
    this.time = time;
    ExporterSettings settings = settings(learningRows);
    observatory = new Observatory(settings.observe(), time);
    pairing = new PairingStore(settings.pairing(), time);
    desks = Desks.open(settings, observatory, new SplittableRandom(1), time);
    intake = new Intake(settings.ingest(), desks.sinks(observatory, pairing));
    evaluations =
        new EvaluationLoop(
            observatory::snapshots,
            desks.versions()::snapshots,
            desks.truth()::snapshots,
            settings.evaluation(),
            settings.about().retraining(),
            time);
  }

  private static ExporterSettings settings(int learningRows) {
    ExporterSettings base;
    try {
      base = ConfigLoader.load(Optional.empty(), Overrides.none());
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
    ObserveSettings observe =
        new ObserveSettings(
            ObserveSettings.defaults().windows(),
            learningRows,
            5,
            ObserveSettings.defaults().models());
    DriftSettings drift = Drift.comparedWith(new PastSettings(true, Optional.empty()));
    ModelContext about = ModelContext.withDefaults();
    return new ExporterSettings(
        base.access(),
        base.log(),
        base.ingest(),
        base.storage(),
        base.decode(),
        observe,
        base.evaluation().withDrift(drift, Map.of()),
        base.pairing(),
        new TruthSettings(
            base.truth().store(),
            observe.windows(),
            model -> model.name().equals("credit") ? CREDIT : ModelTruthSettings.defaults(),
            5),
        base.people(),
        new ModelContext(about.retraining(), about.servers(), about.info(), List.of(PAIR)),
        List.of());
  }

  /** Returns the parts in the order in which an exporter restores them. */
  List<StatePart> state() {
    List<StatePart> parts = new ArrayList<>(List.of(observatory, pairing, intake));
    parts.addAll(desks.state());
    parts.addAll(evaluations.memory());
    return parts;
  }

  /** Observes rows of model {@code m} with one feature. */
  void send(int rows, int offset) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      lines.append("{\"model\":\"m\",\"features\":{\"x\":").append(offset + i % 100).append("}}\n");
    }
    post(Payload.Door.NATIVE, "/api/v1/inferences", lines.toString());
  }

  /**
   * Takes decisions of both versions about the same requests, with attributions, then outcomes of
   * three in four, and what some users think.
   */
  void decide(int requests, int first) {
    StringBuilder answers = new StringBuilder();
    StringBuilder outcomes = new StringBuilder();
    for (int i = first; i < first + requests; i++) {
      for (int version = 1; version <= 2; version++) {
        answers.append(
            ("{\"model\":\"credit\",\"version\":\"%d\",\"id\":\"r%d\",\"features\":"
                    + "{\"age\":%d,\"channel\":\"%s\",\"gender\":\"%s\"},"
                    + "\"prediction\":{\"score\":%s},\"attributions\":{\"age\":0.%d}}\n")
                .formatted(
                    version,
                    i,
                    i % 60,
                    i % 3 == 0 ? "web" : "shop",
                    i % 2 == 0 ? "f" : "m",
                    (i * 7 % 10 + (version == 2 && i % 5 == 0 ? 0.5 : 0)) / 11,
                    1 + i % 9));
      }
      if (i % 4 != 0) {
        outcomes.append(
            "{\"model\":\"credit\",\"inference_id\":\"r%d\",\"actual\":%d}%n"
                .formatted(i, i * 7 % 10 > i % 7 ? 1 : 0));
      }
    }
    post(Payload.Door.NATIVE, "/api/v1/inferences", answers.toString());
    post(Payload.Door.GROUND_TRUTH, "/api/v1/ground-truth", outcomes.toString());
    post(
        Payload.Door.FEEDBACK,
        "/api/v1/feedback",
        "{\"model\":\"credit\",\"version\":\"1\",\"thumbs\":\"up\"}");
  }

  private void post(Payload.Door door, String path, String body) {
    intake.process(
        new Payload(
            door,
            path,
            PayloadHeaders.of(Map.of("Content-Type", "application/x-ndjson")),
            body.getBytes(StandardCharsets.UTF_8),
            time.instant()),
        Decoders.standard(DecodeSettings.defaults()));
  }

  @Override
  public void close() {
    evaluations.close();
    desks.close();
  }
}
