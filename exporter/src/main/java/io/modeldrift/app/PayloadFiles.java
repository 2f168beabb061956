package io.modeldrift.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Files as they were named on the command line, with those of directories in place of these. */
final class PayloadFiles {

  private PayloadFiles() {}

  /**
   * Returns the files, those of a directory in the order of their paths: captures are filed by
   * hour.
   *
   * @throws CommandException if a directory cannot be read or has no files
   */
  static List<Path> of(List<Path> named) {
    List<Path> files = new ArrayList<>();
    for (Path each : named) {
      if (Files.isDirectory(each)) {
        files.addAll(inside(each));
      } else {
        files.add(each);
      }
    }
    return files;
  }

  private static List<Path> inside(Path directory) {
    List<Path> files;
    try {
      Path real =
          directory.toRealPath(); // where it is a link itself; links inside are not followed
      try (Stream<Path> found = Files.walk(real)) {
        files =
            found
                .filter(Files::isRegularFile)
                .filter(file -> !isHidden(real.relativize(file)))
                .sorted()
                .toList();
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CommandException(1, directory + ": cannot be read: " + e.getMessage());
    }
    if (files.isEmpty()) {
      throw new CommandException(1, directory + ": no files in it");
    }
    return files;
  }

  private static boolean isHidden(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .anyMatch(name -> name.toString().startsWith("."));
  }
}
