package io.modeldrift.app;

import io.modeldrift.app.demo.DemoModelServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the demo's two models, for a mirror that is not the demo's. */
@Command(
    name = "model-server",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Serves the demo's two models, flight-delay and air-time, over the KServe V1 protocol on the"
          + " loopback address.",
      ""
    },
    footer = {"", "Example:", "  java -jar model-drift-exporter.jar demo model-server --port 9000"})
final class DemoModelServerCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "9000",
      description = "Port, 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try (DemoModelServer server = DemoModelServer.start(port)) {
      DemoPart.runUntilStopped(spec, "The models are at " + server.address() + "/v1/models");
    } catch (IOException e) {
      throw DemoPart.failure(e);
    }
    return 0;
  }
}
