package io.modeldrift.config;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.VersionPair;
import io.modeldrift.statistics.Agreement;
import io.modeldrift.statistics.SequentialPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which versions are compared, and how. */
final class ComparisonReader {

  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final int MAX_WAITING = 10_000;

  private ComparisonReader() {}

  static List<VersionPair> read(Section root) {
    pair(root.template("comparisons[]"));
    List<VersionPair> pairs = new ArrayList<>();
    for (Section section : root.sections("comparisons")) {
      try (section) {
        pair(section).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  private static Optional<VersionPair> pair(Section section) {
    Optional<String> model = required(section, "model");
    Optional<String> champion = required(section, "champion");
    Optional<String> challenger = required(section, "challenger");
    Optional<String> challengerModel = section.text("challenger_model");
    SequentialPlan plan = plan(section);
    Agreement agreement = agreement(section);
    Duration wait = section.duration("wait", WAIT);
    int waiting = section.integer("waiting", MAX_WAITING, 1, 1_000_000);
    if (model.isEmpty() || champion.isEmpty() || challenger.isEmpty()) {
      return Optional.empty();
    }
    ModelKey inCharge = new ModelKey(model.get(), champion.get());
    ModelKey other = new ModelKey(challengerModel.orElse(model.get()), challenger.get());
    return section.checked(
        Optional.empty(),
        () -> Optional.of(new VersionPair(inCharge, other, agreement, plan, wait, waiting)));
  }

  private static Optional<String> required(Section section, String key) {
    Optional<String> text = section.text(key);
    if (text.isEmpty() && section.isPresent()) {
      section.problem(key, "is required");
    }
    return text;
  }

  private static SequentialPlan plan(Section section) {
    double alpha =
        section.number("alpha", SequentialPlan.DEFAULT.alpha(), "(0, 1)", x -> x > 0 && x < 1);
    int rows =
        section.integer(
            "planned_rows", (int) SequentialPlan.DEFAULT.plannedRows(), 100, Integer.MAX_VALUE);
    return new SequentialPlan(alpha, rows);
  }

  private static Agreement agreement(Section comparison) {
    try (Section section = comparison.section("agreement")) {
      double absolute =
          section.number("absolute", Agreement.DEFAULT.absolute(), "[0, ∞)", x -> x >= 0);
      double relative =
          section.number("relative", Agreement.DEFAULT.relative(), "[0, ∞)", x -> x >= 0);
      return new Agreement(absolute, relative);
    }
  }
}
