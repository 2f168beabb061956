package io.modeldrift.config;

import io.modeldrift.truth.ReviewSettings;
import io.modeldrift.truth.ReviewSettings.Sampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what people are asked, and how much they are believed. */
final class PeopleReader {

  private PeopleReader() {}

  /** Reads the queue of reviews; a relative path is resolved against the directory. */
  static ReviewSettings reviews(Section root, Path directory) {
    ReviewSettings defaults = ReviewSettings.defaults();
    try (Section section = root.section("reviews")) {
      @Nullable Path path = section.path("path", directory).orElse(null);
      int entries = section.integer("max_entries", defaults.maxEntries(), 1, 100_000);
      Duration age = section.duration("max_age", defaults.maxAge());
      return section.checked(defaults, () -> new ReviewSettings(path, entries, age));
    }
  }

  /** Reads whether corrections by end users count as ground truth. */
  static boolean trustsCorrections(Section root) {
    try (Section section = root.section("feedback")) {
      return section.flag("trust_corrections");
    }
  }

  /** Reads which rows of a model people are asked about. */
  static Sampling sampling(Section model) {
    try (Section section = model.section("reviews")) {
      double random = section.number("random", 0, "[0, 1]", x -> x >= 0 && x <= 1);
      double uncertain = section.number("uncertain", 0, "[0, 1]", x -> x >= 0 && x <= 1);
      boolean outliers = section.flag("outliers");
      List<String> columns = section.texts("columns");
      return section.checked(
          Sampling.nothing(), () -> new Sampling(random, uncertain, outliers, columns));
    }
  }
}
