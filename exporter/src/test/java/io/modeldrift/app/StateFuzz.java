package io.modeldrift.app;

import io.modeldrift.baseline.BaselineFormatException;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.ingest.Outcome;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StatePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /** Restores one input; throws if anything that must hold does not. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    try (StatefulExporter exporter = new StatefulExporter(100, TIME)) {
      List<StatePart> parts = exporter.state();
      int choice = (input[0] & 0x7f) % (parts.size() + 1);
      try {
        if (choice == parts.size()) {
          BaselineReader.parse(rest, "fuzz");
          return;
        }
        parts.get(choice).restore(new StateInput(rest), (input[0] & 0x80) == 0);
      } catch (SnapshotException | BaselineFormatException e) {
        // refused, as it should be
      }
      use(exporter);
    }
  }

  private static void use(StatefulExporter exporter) {
    exporter.send(200, 0);
    exporter.decide(20, 1_000);
    exporter.observatory.snapshots();
    exporter.evaluations.evaluate();
    if (exporter.evaluations.facts().failures() > 0) {
      throw new IllegalStateException("a restored state breaks the evaluation");
    }
    if (exporter.intake.ledger().count(Outcome.REJECTED) > 0) {
      throw new IllegalStateException("a restored state breaks the intake");
    }
  }

  /** Returns sound inputs, one of each section that an exporter with traffic writes. */
  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (StatefulExporter exporter = new StatefulExporter(100, TIME)) {
      exporter.send(400, 0);
      exporter.decide(300, 0);
      exporter.evaluations.evaluate();
      List<StatePart> parts = exporter.state();
      for (int choice = 0; choice < parts.size(); choice++) {
        int first = choice;
        parts.get(choice).save(section -> seeds.add(join(first, section.toBytes())));
      }
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
