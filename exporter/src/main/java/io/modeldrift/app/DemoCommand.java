package io.modeldrift.app;

import io.modeldrift.app.demo.DemoClient;
import io.modeldrift.app.demo.DemoTraffic;
import io.modeldrift.config.ExporterSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows real drift on real data: the US flights of 2015, replayed from April to December. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    subcommands = {
      DemoModelServerCommand.class,
      DemoClientCommand.class,
      DemoBaselinesCommand.class,
      DemoInboxCommand.class
    },
    description = {
      "Shows real drift on real data: starts the exporter, a model server with two small models, and"
          + " a client that replays the US flights of April to December 2015 through a mirror."
          + " The baseline is January to March. Ctrl-C ends everything.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar demo --port 10193",
      "",
      "Watch the column airline of the model flight-delay: in July, the airline US disappears; it had"
          + " merged into AA.",
      "",
      "The commands below run single parts of it, for stacks with a proxy and an Alertmanager of"
          + " their own; docker-compose.yml is one."
    })
final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "10193",
      description = "Port of the exporter, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--model-port",
      defaultValue = "0",
      description = "Port of the model server. Default: any free one.")
  private int modelPort;

  @Option(
      names = "--mirror-port",
      defaultValue = "0",
      description = "Port of the mirror in front of it. Default: any free one.")
  private int mirrorPort;

  @Option(
      names = "--rows-per-second",
      defaultValue = "800",
      description = "Flights replayed a second. Default: ${DEFAULT-VALUE}, nine months in 95 s.")
  private double rowsPerSecond;

  @Option(
      names = "--windows",
      split = ",",
      defaultValue = "15s,1m",
      paramLabel = "SPAN",
      description = "Sliding windows of the exporter. Default: ${DEFAULT-VALUE}.")
  private List<String> windows = List.of();

  @Option(names = "--once", description = "End after December instead of starting over.")
  private boolean once;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    say(out, "Building the baselines from the flights of January to March …");
    CountDownLatch closed = new CountDownLatch(1);
    ExporterSettings settings = DemoSettings.of(port, windows);
    try (Exporter exporter = Exporter.start(settings, InstantSource.system());
        DemoTraffic traffic =
            DemoTraffic.start(traffic(), exporter.address(), line -> say(out, line))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(traffic, closed), "shutdown"));
      introduce(out, exporter.address(), traffic.mirrorAddress());
      traffic.replay();
      Thread.interrupted(); // Ctrl-C interrupts the replay; closing in order must not be cut short
    } catch (IOException e) {
      throw new CommandException(1, String.valueOf(e.getMessage()));
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private DemoTraffic.Settings traffic() {
    int batchRows = DemoClient.Speed.STORY.batchRows();
    return new DemoTraffic.Settings(
        modelPort, mirrorPort, new DemoClient.Speed(rowsPerSecond, batchRows), !once);
  }

  /** Ctrl-C: ends the replay and waits until everything is closed. */
  private static void stop(DemoTraffic traffic, CountDownLatch closed) {
    traffic.close();
    try {
      if (!closed.await(10, TimeUnit.SECONDS)) {
        System.err.println("The demo did not stop in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void introduce(PrintWriter out, URI exporter, URI mirror) {
    say(out, "");
    say(out, "  page      " + exporter + "/?window=15s&refresh=5");
    say(out, "  reviews   " + exporter + "/reviews (decide about flights yourself)");
    say(out, "  metrics   " + exporter + "/metrics");
    say(out, "  models    " + mirror + "/v1/models (through the mirror)");
    say(out, "");
    say(out, "Watch the column airline: in July US disappears, it had merged into AA.");
    say(out, "Ctrl-C ends everything.");
    say(out, "");
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
