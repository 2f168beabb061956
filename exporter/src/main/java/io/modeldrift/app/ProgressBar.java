package io.modeldrift.app;

import io.modeldrift.baseline.ScanProgress;
import java.io.Console;
import java.io.PrintStream;

/** Shows on a terminal how far a scan is, a few times a second; is silent in a pipe. */
final class ProgressBar implements ScanProgress, AutoCloseable {

  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 200_000_000;

  private final PrintStream terminal;
  private long drawn;
  private boolean visible;

  private ProgressBar(PrintStream terminal) {
    this.terminal = terminal;
    this.drawn = System.nanoTime();
  }

  /** Returns a bar on the terminal, if the program runs in one. */
  static ProgressBar create() {
    return new ProgressBar(
        isTerminal() ? System.err : new PrintStream(PrintStream.nullOutputStream()));
  }

  @Override
  public void read(int pass, long rows, double part) {
    long now = System.nanoTime();
    if (now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    visible = true;
    terminal.print("\r" + line(pass, rows, part));
    terminal.flush();
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (visible) {
      terminal.print("\r" + " ".repeat(line(1, Integer.MAX_VALUE, 1).length()) + "\r");
      terminal.flush();
    }
  }

  static String line(int pass, long rows, double part) {
    String bar = "";
    if (!Double.isNaN(part)) {
      int full = (int) Math.round(part * WIDTH);
      bar = " [%s%s] %3.0f %%".formatted("#".repeat(full), " ".repeat(WIDTH - full), part * 100);
    }
    return "pass %d%s %,d rows".formatted(pass, bar, rows);
  }

  /** Since Java 22 there is a console without a terminal as well, and a method that tells. */
  @SuppressWarnings("SystemConsoleNull") // that is what the method is for
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before Java 22 a console is a terminal
    }
  }
}
