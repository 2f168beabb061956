package io.modeldrift.app;

import io.modeldrift.baseline.BaselineReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a baseline as bars in the terminal. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeOnInvalidInput = ExitCodes.USAGE,
    description = {"Shows what a baseline knows about each column, with a bar a bin.", ""},
    footer = {
      "",
      "Example:",
      "  java -jar model-drift-exporter.jar baseline show credit.json --column age,income"
    })
final class BaselineShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "BASELINE", description = "The file.")
  private Path file = Path.of("baseline.json");

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      split = ",",
      description = "Show only these columns.")
  private List<String> columns = List.of();

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Width of the page; that of the terminal if not given.")
  private @Nullable Integer width;

  @Option(names = "--ascii", description = "Draw with # only.")
  private boolean ascii;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      BaselinePicture picture =
          new BaselinePicture(
              spec.commandLine().getOut(),
              width == null ? spec.usageMessage().width() : width,
              ascii || !canShowBlocks());
      picture.print(BaselineReader.read(file), Set.copyOf(columns));
      return 0;
    } catch (IOException e) {
      throw RowOptions.failure(e);
    }
  }

  private static boolean canShowBlocks() {
    String encoding =
        System.getProperty(
            "stdout.encoding", System.getProperty("sun.stdout.encoding", defaultEncoding()));
    return encoding.toUpperCase(Locale.ROOT).startsWith("UTF");
  }

  private static String defaultEncoding() {
    return System.getProperty("native.encoding", Charset.defaultCharset().name());
  }
}
