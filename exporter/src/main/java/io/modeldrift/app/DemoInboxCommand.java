package io.modeldrift.app;

import io.modeldrift.app.demo.DemoInbox;
import io.modeldrift.config.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the alerts that Slack, PagerDuty and a retraining pipeline would have been sent. */
@Command(
    name = "inbox",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Stands in for Slack, PagerDuty and a retraining pipeline: shows what Alertmanager sends, on a"
          + " page.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar demo inbox --listen 127.0.0.1:10198"
    })
final class DemoInboxCommand implements Callable<Integer> {

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1:10198",
      description = "Address as [host]:port. Default: ${DEFAULT-VALUE}.")
  private String listen = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try (DemoInbox inbox = DemoInbox.start(address(), InstantSource.system())) {
      DemoPart.runUntilStopped(spec, "The inbox is at " + inbox.address());
    } catch (IOException e) {
      throw DemoPart.failure(e);
    }
    return 0;
  }

  private InetSocketAddress address() {
    ListenAddress address =
        ListenAddress.parse(listen)
            .orElseThrow(
                () ->
                    new CommandException(
                        ExitCodes.USAGE, "--listen " + listen + ": not [host]:port"));
    return address.host().isEmpty()
        ? new InetSocketAddress(address.port())
        : new InetSocketAddress(address.host(), address.port());
  }
}
