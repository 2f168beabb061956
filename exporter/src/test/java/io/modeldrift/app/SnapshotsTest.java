package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.ManualTime;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.RetrainingSettings;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.IngestSettings;
import io.modeldrift.ingest.Intake;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.observe.PairingResult;
import io.modeldrift.observe.PairingSettings;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.statistics.DriftState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of one process in the next. */
class SnapshotsTest {

  @TempDir private Path directory;
  private final ManualTime time = new ManualTime();

  /** The parts of an exporter that keep state, without servers and threads. */
  private final class Parts {
    final Observatory observatory =
        new Observatory(
            new ObserveSettings(
                ObserveSettings.defaults().windows(), 500, 5, ObserveSettings.defaults().models()),
            time);
    final PairingStore pairing = new PairingStore(PairingSettings.defaults(), time);
    final Intake intake =
        new Intake(
            IngestSettings.defaults(),
            new Intake.Sinks(
                this::observe,
                truths -> {
                  throw new IllegalStateException("no truth is sent");
                },
                feedback -> {
                  throw new IllegalStateException("no feedback is sent");
                }));
    final EvaluationLoop evaluations =
        new EvaluationLoop(
            observatory::snapshots,
            List::of,
            List::of,
            EvaluationSettings.withDefaults(),
            RetrainingSettings.withDefaults(),
            time);
    final Snapshots snapshots = open();

    boolean observe(Decoded.Inferences inferences) {
      for (InferenceBatch batch : inferences.batches()) {
        observatory.observe(batch, inferences.protocol().label());
      }
      return true;
    }

    Snapshots open() {
      return new Snapshots(directory, List.of(observatory, pairing, intake, evaluations), time);
    }

    void send(int rows, int offset) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < rows; i++) {
        lines
            .append("{\"model\":\"m\",\"features\":{\"x\":")
            .append(offset + i % 100)
            .append("}}\n");
      }
      intake.process(
          new Payload(
              Payload.Door.NATIVE,
              "/api/v1/inferences",
              PayloadHeaders.of(Map.of("Content-Type", "application/x-ndjson")),
              lines.toString().getBytes(StandardCharsets.UTF_8),
              time.instant()),
          Decoders.standard(DecodeSettings.defaults()));
    }

    ModelSnapshot.Ready ready() {
      return (ModelSnapshot.Ready) observatory.snapshots().get(0);
    }

    DriftState state() {
      evaluations.evaluate();
      return ((ModelReport.Compared) evaluations.report().models().get(0)).windows().get(0).state();
    }
  }

  /** Learns from 500 rows and lets the model drift for several panes. */
  private Parts drifted() {
    Parts parts = new Parts();
    parts.send(500, 0);
    for (int pane = 0; pane < 6; pane++) {
      parts.send(400, 60);
      time.advance(Duration.ofMinutes(1));
      parts.evaluations.evaluate();
    }
    assertThat(parts.state()).isEqualTo(DriftState.DRIFTED);
    return parts;
  }

  @Test
  void stoppedProcess_goesOnExactly() {
    Parts before = drifted();
    ModelSnapshot.Ready was = before.ready();
    before.snapshots.close();

    Parts after = new Parts();
    after.snapshots.restore();

    assertThat(after.ready()).isEqualTo(was);
    assertThat(after.intake.ledger()).isEqualTo(before.intake.ledger());
    assertThat(after.state()).as("votes").isEqualTo(DriftState.DRIFTED);
    assertThat(after.snapshots.facts().restored()).contains(time.instant());
  }

  @Test
  void killedProcess_keepsWindowsBaselineAndVotes_andCountsFromZero() throws IOException {
    Parts before = drifted();
    before.snapshots.save();
    release(before);

    Parts after = new Parts();
    after.snapshots.restore();

    assertThat(after.ready().baseline()).isEqualTo(before.ready().baseline());
    assertThat(after.ready().windows()).isEqualTo(before.ready().windows());
    assertThat(after.ready().columns().get(0).total()).isZero();
    assertThat(after.ready().facts().rows()).isZero();
    assertThat(after.intake.ledger().received()).isZero();
    assertThat(after.state()).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void timeThatPassesWhileDown_agesTheWindows() {
    Parts before = drifted();
    long dayRows = before.ready().windows().get(2).rows();
    before.snapshots.close();
    time.advance(Duration.ofHours(2));

    Parts after = new Parts();
    after.snapshots.restore();

    assertThat(after.ready().windows().get(0).rows()).isZero();
    assertThat(after.ready().windows().get(2).rows()).isEqualTo(dayRows);
  }

  @Test
  void stateRestoredTwiceBeforeAnEvaluation_isNotLost() {
    drifted().snapshots.close();
    Parts between = new Parts();
    between.snapshots.restore();
    between.snapshots.close();

    Parts after = new Parts();
    after.snapshots.restore();
    assertThat(after.state()).isEqualTo(DriftState.DRIFTED);
  }

  @Test
  void waitingHalf_meetsItsOtherHalfAfterTheRestart() {
    Parts before = new Parts();
    EventKey event = new EventKey(List.of(new EventKey.Pairing("test", "id-1")), "", true);
    InferenceBatch half = new InferenceBatch();
    half.reset(ModelKey.of("m"), BatchKind.REQUEST, time.instant());
    half.addRow();
    half.setEvent(event);
    before.pairing.offer(half, new InferenceBatch());
    before.snapshots.close();
    time.advance(Duration.ofSeconds(3));

    Parts after = new Parts();
    after.snapshots.restore();
    assertThat(after.pairing.counts().waiting()).isEqualTo(1);
    half.reset(ModelKey.of("m"), BatchKind.RESPONSE, time.instant());
    half.addRow();
    half.setEvent(event);

    assertThat(after.pairing.offer(half, new InferenceBatch()))
        .isInstanceOfSatisfying(
            PairingResult.Paired.class,
            paired -> assertThat(paired.latency()).isEqualTo(Duration.ofSeconds(3)));
  }

  @Test
  void unusableSnapshot_isSetAsideAndReported() throws Exception {
    Files.writeString(directory.resolve("snapshot"), "something else");

    Parts parts = new Parts();
    parts.snapshots.restore();
    parts.snapshots.save();

    assertThat(directory.resolve("snapshot.unusable")).hasContent("something else");
    assertThat(parts.snapshots.facts().failures()).isEqualTo(1);
    assertThat(parts.snapshots.facts().restored()).isEmpty();
    assertThat(parts.snapshots.facts().count()).isEqualTo(1);
  }

  @Test
  void diskThatFails_leavesTheExporterWorkingInMemory_andRecovers() throws Exception {
    Parts parts = new Parts();
    Path blocked = directory.resolve("snapshot.part");
    Files.createDirectories(blocked.resolve("inside"));
    parts.snapshots.save();
    parts.snapshots.save();
    assertThat(parts.snapshots.facts().failures()).isEqualTo(2);
    assertThat(parts.snapshots.facts().lastSuccess()).isEmpty();

    Files.delete(blocked.resolve("inside"));
    Files.delete(blocked);
    parts.snapshots.save();
    assertThat(parts.snapshots.facts().lastSuccess()).contains(time.instant());
  }

  @Test
  void directoryInUse_isRefused() {
    Parts first = new Parts();
    assertThatThrownBy(first::open)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("another exporter");
  }

  /** A killed process holds no lock. */
  private void release(Parts parts) throws IOException {
    byte[] last = Files.readAllBytes(directory.resolve("snapshot"));
    parts.snapshots.close();
    Files.write(directory.resolve("snapshot"), last);
  }
}
