package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.ManualTime;
import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.PastReport;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.ingest.Intake;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.PairingResult;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.snapshot.SnapshotFile;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.statistics.DriftState;
import io.modeldrift.truth.Tally;
import io.modeldrift.truth.TruthSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of one process in the next. */
class SnapshotsTest {

  @TempDir private Path directory;
  private final ManualTime time = new ManualTime();

  /** An exporter that learns from 500 rows, with its snapshots. */
  private final class Parts {
    final StatefulExporter exporter = new StatefulExporter(500, time);
    final Observatory observatory = exporter.observatory;
    final PairingStore pairing = exporter.pairing;
    final Intake intake = exporter.intake;
    final EvaluationLoop evaluations = exporter.evaluations;
    final Snapshots snapshots = open();

    Snapshots open() {
      return new Snapshots(directory, exporter.state(), time);
    }

    void send(int rows, int offset) {
      exporter.send(rows, offset);
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

  /** Takes 3,000 decisions of two versions, and has them judged for a few minutes. */
  private Parts judged() {
    Parts parts = new Parts();
    for (int minute = 0; minute < 4; minute++) {
      parts.exporter.decide(600, 600 * minute);
      time.advance(Duration.ofMinutes(1));
      parts.evaluations.evaluate();
    }
    parts.exporter.decide(600, 2_400);
    parts.evaluations.evaluate();
    return parts;
  }

  private static TruthSnapshot credit(Parts parts) {
    return parts.exporter.desks.truth().counters().stream()
        .filter(truth -> truth.model().equals(StatefulExporter.CHAMPION))
        .findFirst()
        .orElseThrow();
  }

  private static Tally all(Parts parts) {
    return Objects.requireNonNull(
        credit(parts).scored().orElseThrow().segments().get(TruthSnapshot.ALL));
  }

  @Test
  void stoppedProcess_goesOnWithOutcomesVersionsAndAttributions() {
    Parts before = judged();
    TruthSnapshot was = credit(before);
    long scored = all(before).rows();
    before.snapshots.close();

    Parts after = new Parts();
    after.snapshots.restore();
    after.evaluations.evaluate();

    assertThat(scored).isPositive();
    assertThat(before.evaluations.truthReport().models()).isNotEmpty();
    assertThat(before.evaluations.versions().get(0).windows()).isNotEmpty();
    assertThat(all(after).rows()).isEqualTo(scored);
    assertThat(after.evaluations.truthReport()).isEqualTo(before.evaluations.truthReport());
    assertThat(after.evaluations.versions()).isEqualTo(before.evaluations.versions());
    assertThat(after.exporter.desks.versions().snapshots())
        .isEqualTo(before.exporter.desks.versions().snapshots());
    assertThat(after.exporter.desks.attributions().snapshots())
        .isEqualTo(before.exporter.desks.attributions().snapshots());
    assertThat(after.exporter.desks.feedback().snapshot())
        .isEqualTo(before.exporter.desks.feedback().snapshot());
    TruthSnapshot is = credit(after);
    assertThat(is.detectors()).isEqualTo(was.detectors());
    assertThat(is.delays()).isEqualTo(was.delays());
    assertThat(is.unscored()).isEqualTo(was.unscored());
    assertThat(is.joins().truthOutcomes()).isEqualTo(was.joins().truthOutcomes());
    assertThat(is.joins().predictionOutcomes()).isEqualTo(was.joins().predictionOutcomes());
  }

  @Test
  void killedProcess_keepsWindowsOfOutcomes_andCountsFromZero() throws IOException {
    Parts before = judged();
    before.snapshots.save();
    release(before);

    Parts after = new Parts();
    after.snapshots.restore();
    after.evaluations.evaluate();

    assertThat(after.evaluations.truthReport()).isEqualTo(before.evaluations.truthReport());
    assertThat(all(after).rows()).isZero();
    assertThat(credit(after).joins().truths()).isZero();
    assertThat(credit(after).detectors().get(0).estimate())
        .isEqualTo(credit(before).detectors().get(0).estimate());
    assertThat(after.exporter.desks.feedback().snapshot()).isEmpty();
    assertThat(after.exporter.desks.versions().snapshots().get(0).agreement()).isEmpty();
    assertThat(after.exporter.desks.versions().snapshots().get(0).windows())
        .isEqualTo(before.exporter.desks.versions().snapshots().get(0).windows());
    assertThat(after.evaluations.versions().get(0).performance())
        .as("a comparison begins afresh with its counts")
        .isEmpty();
  }

  @Test
  void restoredProcess_countsOn() {
    judged().snapshots.close();
    Parts after = new Parts();
    after.snapshots.restore();
    long before = all(after).rows();

    after.exporter.decide(100, 9_000);

    assertThat(all(after).rows()).isEqualTo(before + 75);
  }

  @Test
  void comparisonWithThePast_goesOn() {
    Parts before = new Parts();
    before.send(500, 0);
    for (int minute = 0; minute < 17; minute++) {
      before.send(400, minute < 10 ? 0 : 40);
      time.advance(Duration.ofMinutes(1));
      before.evaluations.evaluate();
    }
    List<PastReport> was = past(before);
    before.snapshots.close();

    Parts after = new Parts();
    after.snapshots.restore();
    after.evaluations.evaluate();

    assertThat(was).isNotEmpty();
    assertThat(past(after)).isEqualTo(was);
  }

  private static List<PastReport> past(Parts parts) {
    return ((ModelReport.Compared) parts.evaluations.report().models().get(0))
        .windows()
        .get(0)
        .past();
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
  void diskThatFailsAfterARestart_doesNotLetCountersGoBackAtTheNext() throws Exception {
    Parts before = drifted();
    before.snapshots.close();
    Files.createDirectories(directory.resolve("snapshot.part/inside"));

    Parts between = new Parts();
    between.snapshots.restore();
    between.snapshots.save();
    assertThat(between.intake.ledger().received()).isPositive();
    between.snapshots.release(); // as if it had been killed

    Parts after = new Parts();
    after.snapshots.restore();
    assertThat(after.intake.ledger().received()).isZero();
    assertThat(after.ready().windows()).isEqualTo(before.ready().windows());
  }

  @Test
  void startThatFails_leavesTheStateToTheNext() {
    Parts before = drifted();
    before.snapshots.close();
    Parts failed = new Parts();
    failed.snapshots.restore();
    failed.snapshots.abandon();

    Parts after = new Parts();
    after.snapshots.restore();
    assertThat(after.intake.ledger()).isEqualTo(before.intake.ledger());
  }

  @Test
  void snapshotOfAnotherVersion_isKeptAndReported() throws Exception {
    Path snapshot = directory.resolve("snapshot");
    SnapshotFile.write(snapshot, time.instant(), true, List.of(new OfAnotherVersion()));
    byte[] written = Files.readAllBytes(snapshot);

    Parts parts = new Parts();
    parts.snapshots.restore();
    parts.snapshots.save();

    assertThat(directory.resolve("snapshot.unusable")).hasBinaryContent(written);
    assertThat(parts.snapshots.facts().failures()).isEqualTo(1);
  }

  private record OfAnotherVersion() implements StatePart {

    @Override
    public String stateName() {
      return "models";
    }

    @Override
    public int stateVersion() {
      return 99;
    }

    @Override
    public void save(Sections sections) throws IOException {
      sections.add(new StateOutput());
    }

    @Override
    public void restore(StateInput section, boolean continuous) {
      throw new AssertionError("only written");
    }
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
