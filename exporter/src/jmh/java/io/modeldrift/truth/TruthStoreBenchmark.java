package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.decode.Decoded;
import io.modeldrift.decode.Protocol;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.inference.Value;
import io.modeldrift.observe.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fills a store on disk with a million predictions, joins half of them in random order, and says
 * what that took: bytes of disk, bytes of heap, joins a second.
 *
 * <p>Arguments: predictions (1,000,000). Ends with 1 if a bound of the project is missed: 256 MB of
 * disk and 32 MB of heap for a million, 20,000 joins a second.
 */
public final class TruthStoreBenchmark {

  private static final ModelKey MODEL = ModelKey.of("credit");
  private static final int PER_PAYLOAD = 1_000;
  private static final double MEGABYTE = 1 << 20;

  private record Known() implements TruthDesk.Models {

    @Override
    public Set<ModelKey> known() {
      return Set.of(MODEL);
    }

    @Override
    public Optional<Baseline> baseline(ModelKey model) {
      return Optional.empty();
    }
  }

  private TruthStoreBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int predictions = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("truth-store");
    StoreSettings store =
        StoreSettings.defaults()
            .withDirectory(directory)
            .withMaxEntries(predictions)
            .withMaxBytes(256 << 20);
    ModelTruthSettings model =
        new ModelTruthSettings(
            OutputSettings.defaults().withKind(OutputKind.BINARY),
            List.of(ModelTruthSettings.Attribute.ofSegment("channel")));
    TruthSettings settings =
        new TruthSettings(
            store, List.of(new Window("1h", Duration.ofHours(1), 12)), key -> model, 20);
    double before = usedHeap();
    boolean held;
    try (TruthDesk desk = new TruthDesk(settings, new Known(), InstantSource.system())) {
      double fillSeconds = seconds(() -> fill(desk, predictions));
      desk.flush();
      double heap = usedHeap() - before;
      double disk = desk.store().fileBytes() / MEGABYTE;
      int joins = predictions / 2;
      List<Decoded.Truths> reports = reports(predictions, joins);
      double joinSeconds = seconds(() -> reports.forEach(desk::truths));
      desk.flush();
      double afterwards = desk.store().fileBytes() / MEGABYTE;
      double share = predictions / 1e6;
      System.out.printf(
          Locale.ROOT,
          "%,d predictions kept in %.1f s (%,.0f a second)%n"
              + "disk %.1f MB, heap %.1f MB%n"
              + "%,d joins in random order in %.1f s (%,.0f a second), disk %.1f MB after them%n",
          predictions,
          fillSeconds,
          predictions / fillSeconds,
          disk,
          heap,
          joins,
          joinSeconds,
          joins / joinSeconds,
          afterwards);
      held =
          Math.max(disk, afterwards) <= 256 * Math.max(1, share)
              && heap <= 32 * Math.max(1, share)
              && joins / joinSeconds >= 20_000;
    }
    delete(directory);
    if (!held) {
      System.out.println("a bound is missed: 256 MB of disk, 32 MB of heap, 20,000 joins a second");
      System.exit(1);
    }
  }

  private static void fill(TruthDesk desk, int predictions) {
    Random random = new Random(1);
    InferenceBatch batch = new InferenceBatch();
    for (int first = 0; first < predictions; first += PER_PAYLOAD) {
      batch.reset(MODEL, BatchKind.PAIR, InstantSource.system().instant());
      for (int i = first; i < Math.min(predictions, first + PER_PAYLOAD); i++) {
        int row = batch.addRow();
        batch.setId(row, id(i));
        column(batch, Role.OUTPUT, "probability").setNumber(row, random.nextDouble());
        column(batch, Role.INPUT, "channel").setText(row, "channel-" + i % 7);
      }
      desk.predictions(batch);
    }
  }

  /** As long as the ids of real systems. */
  private static String id(int number) {
    return "5f0c1a52-8f1e-4d8e-9c3a-" + (100_000_000_000L + number);
  }

  private static Column column(InferenceBatch batch, Role role, String name) {
    Column column = batch.column(role, name);
    if (column == null) {
      throw new IllegalStateException("no column");
    }
    return column;
  }

  private static List<Decoded.Truths> reports(int predictions, int joins) {
    int[] order = new Random(2).ints(0, predictions).distinct().limit(joins).toArray();
    List<Decoded.Truths> reports = new ArrayList<>();
    for (int first = 0; first < joins; first += PER_PAYLOAD) {
      int[] part = Arrays.copyOfRange(order, first, Math.min(joins, first + PER_PAYLOAD));
      List<GroundTruth> truths = new ArrayList<>();
      for (int number : part) {
        truths.add(
            new GroundTruth(
                MODEL.name(),
                "",
                List.of(id(number)),
                0,
                new Value.Flag(number % 3 == 0),
                Map.of(),
                Map.of()));
      }
      reports.add(
          new Decoded.Truths(
              Protocol.GROUND_TRUTH, truths, truths.stream().map(truth -> "").toList(), 0));
    }
    return reports;
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
