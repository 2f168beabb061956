package io.modeldrift.app;

import io.modeldrift.app.web.WebServer;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes mirrored traffic and serves metrics until the process is asked to end. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Takes mirrored traffic and serves metrics, until it is stopped.",
      "",
      "Nothing needs to be configured: models are discovered from traffic, and their types and"
          + " baselines are learned from the first rows.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar serve --config exporter.yaml",
      "  curl -d '{\"model\":\"credit\",\"features\":{\"age\":35}}' localhost:10193/api/v1/inferences",
      "  curl localhost:10193/metrics"
    })
final class ServeCommand implements Callable<Integer> {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    WebServer.preload();
    CommandLine commandLine = spec.commandLine();
    Exporter exporter = Exporter.start(() -> config.load(System.getenv()), InstantSource.system());
    HangUp.run(
        () -> {
          exporter.reload(); // tells the log and the metrics what is wrong
        });
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  exporter.close();
                  stopped.countDown();
                },
                "shutdown"));
    commandLine.getOut().println("Listening on " + exporter.address());
    exporter.ingestAddress().ifPresent(own -> commandLine.getOut().println("Intake on " + own));
    commandLine.getOut().flush();
    stopped.await();
    return 0;
  }
}
