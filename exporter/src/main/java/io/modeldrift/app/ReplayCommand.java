package io.modeldrift.app;

import io.modeldrift.config.ExporterSettings;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadDecoder;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.evaluate.DriftReport;
import io.modeldrift.evaluate.Evaluator;
import io.modeldrift.ingest.IngestRoutes;
import io.modeldrift.ingest.Intake;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.Outcome;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.PairingStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends files of payloads through the same code as traffic, and prints the report. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Sends files of payloads, one a line, through the same code as traffic and prints the report."
          + " No server is started and nothing is sent anywhere.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  java -jar model-drift-exporter.jar replay -c exporter.yaml inferences.ndjson.gz",
      "  java -jar model-drift-exporter.jar replay --path /v1/models/credit:predict requests.ndjson",
      "  java -jar model-drift-exporter.jar replay --path / captures/",
      "",
      "A file may be compressed with gzip. Of a directory all files are read, in the order of their"
          + " paths, but not those with a dot in front. All rows fall into one moment, so every"
          + " window holds all of them."
    })
final class ReplayCommand implements Callable<Integer> {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      defaultValue = IngestRoutes.INFERENCES,
      description =
          "Request path under which the payloads were sent; it says model and format. Default:"
              + " ${DEFAULT-VALUE}, the native format.")
  private String path = IngestRoutes.INFERENCES;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      defaultValue = "application/json",
      description = "Content type of the payloads. Default: ${DEFAULT-VALUE}.")
  private String contentType = "application/json";

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files with one payload a line, or directories of them.")
  private List<Path> files = List.of();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ExporterSettings settings = config.load(System.getenv());
    InstantSource now = InstantSource.fixed(InstantSource.system().instant());
    Observatory observatory = new Observatory(settings.observe(), now);
    settings.expected().forEach(observatory::expect);
    PayloadDecoder decoder = Decoders.standard(settings.decode());
    LedgerSnapshot books;
    PairingStore pairing = new PairingStore(settings.pairing(), now);
    try (Desks desks = Desks.open(settings.inMemory(), observatory, new SplittableRandom(), now);
        Intake intake = new Intake(settings.ingest(), desks.sinks(observatory, pairing))) {
      for (Path file : PayloadFiles.of(files)) {
        replay(file, intake, decoder, now);
      }
      books = intake.ledger();
    }
    DriftReport report =
        new Evaluator().evaluate(now.instant(), observatory.snapshots(), settings.evaluation());
    PrintWriter out = spec.commandLine().getOut();
    printLedger(out, books);
    new ReportPrinter(out).print(report);
    return books.count(Outcome.OBSERVED) > 0 ? 0 : 1;
  }

  private void replay(Path file, Intake intake, PayloadDecoder decoder, InstantSource now) {
    Door door = door();
    PayloadHeaders headers = PayloadHeaders.of(Map.of("Content-Type", contentType));
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          byte[] body = line.getBytes(StandardCharsets.UTF_8);
          intake.process(new Payload(door, path, headers, body, now.instant()), decoder);
        }
      }
    } catch (NoSuchFileException e) {
      throw new CommandException(1, file + ": no such file");
    } catch (IOException e) {
      throw new CommandException(1, file + ": cannot be read: " + e.getMessage());
    }
  }

  private Door door() {
    return switch (path) {
      case IngestRoutes.INFERENCES -> Door.NATIVE;
      case IngestRoutes.GROUND_TRUTH -> Door.GROUND_TRUTH;
      case IngestRoutes.FEEDBACK -> Door.FEEDBACK;
      default -> Door.MIRROR;
    };
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      InputStream text =
          file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static void printLedger(PrintWriter out, LedgerSnapshot books) {
    out.printf(
        "%,d payloads = %,d observed + %,d ignored + %,d rejected + %,d dropped%n",
        books.received(),
        books.count(Outcome.OBSERVED),
        books.count(Outcome.IGNORED),
        books.count(Outcome.REJECTED),
        books.count(Outcome.DROPPED));
    books.outcomes().entrySet().stream()
        .filter(line -> line.getValue() > 0 && !line.getKey().reason().isEmpty())
        .forEach(
            line ->
                out.printf(
                    "  %,d %s: %s%n",
                    line.getValue(), line.getKey().outcome().label(), line.getKey().reason()));
  }
}
