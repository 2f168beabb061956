package io.modeldrift.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.app.demo.DemoModelServer;
import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's parts as commands of their own. */
class DemoPartsTest {

  @TempDir private Path directory;

  @Test
  void client_asksAboutAllFlightsAndEnds() throws Exception {
    try (DemoModelServer server = DemoModelServer.start(0)) {
      CommandRun run =
          CommandRun.of(
              "demo", "client", "--once", "--rows-per-second", "1e9", "--to", server.address());

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("Replaying April to December 2015").contains("December");
    }
  }

  @Test
  void client_withoutAServer_saysWhoDoesNotAnswer() throws Exception {
    String nobody;
    try (DemoModelServer server = DemoModelServer.start(0)) {
      nobody = server.address().toString();
    }

    CommandRun run = CommandRun.of("demo", "client", "--once", "--to", nobody);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(nobody + " does not answer");
  }

  @Test
  void baselines_areWrittenForBothModels() throws Exception {
    Path target = directory.resolve("new/folder");

    CommandRun run = CommandRun.of("demo", "baselines", "-o", target);

    assertThat(run.exitCode()).isZero();
    Baseline baseline = BaselineReader.read(target.resolve("flight-delay.json"));
    assertThat(baseline.model().name()).isEqualTo("flight-delay");
    assertThat(BaselineReader.read(target.resolve("air-time.json")).model().name())
        .isEqualTo("air-time");
  }

  @Test
  void takenPort_isAMessage() throws Exception {
    try (DemoModelServer server = DemoModelServer.start(0)) {
      int port = server.address().getPort();

      assertThat(CommandRun.of("demo", "model-server", "--port", port).err())
          .contains("port " + port + " for the model server is already in use");
      assertThat(CommandRun.of("demo", "inbox", "--listen", "127.0.0.1:" + port).err())
          .contains("port " + port + " for the inbox is already in use");
    }
  }

  @Test
  void inbox_withAnAddressThatIsNone_isAMessage() {
    CommandRun run = CommandRun.of("demo", "inbox", "--listen", "somewhere");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("--listen somewhere: not [host]:port");
  }
}
