package io.modeldrift.app;

import io.modeldrift.app.demo.DemoClient;
import io.modeldrift.app.demo.DemoData;
import io.modeldrift.app.demo.DemoOutcomes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays the demo's flights to any address. */
@Command(
    name = "client",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Asks both models about the US flights of April to December 2015, in the order of their"
          + " schedule, over the KServe V1 protocol.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar demo client --to http://127.0.0.1:8080"
    })
final class DemoClientCommand implements Callable<Integer> {

  @Option(
      names = "--to",
      defaultValue = "http://127.0.0.1:8080",
      description = "Root address of the model server or its proxy. Default: ${DEFAULT-VALUE}.")
  private URI to = URI.create("");

  @Option(
      names = "--rows-per-second",
      defaultValue = "800",
      description = "Flights replayed a second. Default: ${DEFAULT-VALUE}, nine months in 95 s.")
  private double rowsPerSecond;

  @Option(
      names = "--ground-truth-to",
      paramLabel = "URI",
      description =
          "Root address of an exporter that is told, three seconds later, what became of each"
              + " flight, and what some passengers say.")
  private Optional<URI> groundTruth = Optional.empty();

  @Option(names = "--once", description = "End after December instead of starting over.")
  private boolean once;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    DemoClient.Speed speed =
        new DemoClient.Speed(rowsPerSecond, DemoClient.Speed.STORY.batchRows());
    List<DemoOutcomes> outcomes =
        groundTruth.stream()
            .map(exporter -> DemoOutcomes.to(exporter, speed.rowsWithin(Duration.ofSeconds(3))))
            .toList();
    DemoClient client = DemoClient.of(to, speed, outcomes, line -> DemoPart.say(spec, line));
    try {
      do {
        DemoPart.say(spec, "Replaying April to December 2015 to " + to);
        try (DemoData flights = DemoData.traffic()) {
          client.replay(flights);
        }
      } while (!once);
    } catch (IOException e) {
      throw new CommandException(1, to + " does not answer: " + e);
    }
    return 0;
  }
}
