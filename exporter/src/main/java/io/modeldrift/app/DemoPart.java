package io.modeldrift.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands that run a single part of the demo have in common. */
final class DemoPart {

  private DemoPart() {}

  /** Says a line, and returns never: the part has nothing to finish when the process is stopped. */
  static void runUntilStopped(CommandSpec spec, String line) throws InterruptedException {
    say(spec, line);
    new CountDownLatch(1).await();
  }

  static void say(CommandSpec spec, String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  static CommandException failure(IOException e) {
    return new CommandException(1, String.valueOf(e.getMessage()));
  }
}
