package io.modeldrift.app;

import io.modeldrift.baseline.BaselineFormatException;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.RetrainingSettings;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.ingest.IngestSettings;
import io.modeldrift.ingest.Intake;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.observe.PairingSettings;
import io.modeldrift.observe.PairingStore;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StatePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What must hold for any saved state whose checksum fits: it is restored or refused, and the
 * exporter works on. Baselines are read from files of others, too.
 *
 * <p>The first byte of the input chooses the reader. Target of Jazzer and of {@link StateFuzzTest}.
 */
public final class StateFuzz {

  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z"));

  private StateFuzz() {}

  /** The parts of an exporter that keep state. */
  private static final class Parts {
    final Observatory observatory =
        new Observatory(
            new ObserveSettings(
                ObserveSettings.defaults().windows(), 100, 5, ObserveSettings.defaults().models()),
            TIME);
    final PairingStore pairing = new PairingStore(PairingSettings.defaults(), TIME);
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
            TIME);

    boolean observe(Decoded.Inferences inferences) {
      for (InferenceBatch batch : inferences.batches()) {
        observatory.observe(batch, inferences.protocol().label());
      }
      return true;
    }

    List<StatePart> all() {
      return List.of(observatory, pairing, intake, evaluations);
    }

    void send() {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        lines.append("{\"model\":\"m\",\"features\":{\"x\":").append(i).append("}}\n");
      }
      Payload payload =
          new Payload(
              Payload.Door.NATIVE,
              "/api/v1/inferences",
              PayloadHeaders.of(Map.of()),
              lines.toString().getBytes(StandardCharsets.UTF_8),
              TIME.instant());
      intake.process(payload, Decoders.standard(DecodeSettings.defaults()));
    }
  }

  /** Restores one input; throws if anything that must hold does not. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    Parts parts = new Parts();
    int choice = (input[0] & 0xff) % (parts.all().size() + 1);
    try {
      if (choice == parts.all().size()) {
        BaselineReader.parse(rest, "fuzz");
        return;
      }
      parts.all().get(choice).restore(new StateInput(rest), (input[0] & 0x80) == 0);
    } catch (SnapshotException | BaselineFormatException e) {
      // refused, as it should be
    }
    parts.send();
    parts.observatory.snapshots();
    parts.evaluations.evaluate();
    if (parts.evaluations.facts().failures() > 0) {
      throw new IllegalStateException("a restored state breaks the evaluation");
    }
  }

  /** Returns sound inputs, one of each section that an exporter with traffic writes. */
  static List<byte[]> seeds() throws IOException {
    Parts parts = new Parts();
    parts.send();
    parts.send();
    parts.evaluations.evaluate();
    List<byte[]> seeds = new ArrayList<>();
    for (int choice = 0; choice < parts.all().size(); choice++) {
      int first = choice;
      parts.all().get(choice).save(section -> seeds.add(join(first, section.toBytes())));
    }
    return seeds;
  }

  private static byte[] join(int first, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    out.writeBytes(rest);
    return out.toByteArray();
  }

  /** Writes the seeds into a directory. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    int number = 0;
    for (byte[] seed : seeds()) {
      Files.write(directory.resolve("state-" + number++), seed);
    }
  }
}
