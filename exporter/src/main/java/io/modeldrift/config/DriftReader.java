package io.modeldrift.config;

import io.modeldrift.evaluate.ColumnDriftSettings;
import io.modeldrift.evaluate.DriftMeasures;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.evaluate.PastSettings;
import io.modeldrift.evaluate.Tolerances;
import io.modeldrift.evaluate.VerdictRule;
import io.modeldrift.statistics.Correction;
import io.modeldrift.statistics.Measure;
import io.modeldrift.statistics.VotingRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads how drift is judged, for all models or for one. */
final class DriftReader {

  private static final Map<String, Measure> MEASURES = byLabel(Measure.values(), Measure::label);
  private static final Map<String, Measure> CATEGORICAL_MEASURES =
      byLabel(
          Arrays.stream(Measure.values()).filter(m -> !m.needsOrder()).toArray(Measure[]::new),
          Measure::label);
  private static final Map<String, Correction> CORRECTIONS =
      byLabel(Correction.values(), Correction::label);
  private static final Map<String, Tolerances> PRESETS =
      new TreeMap<>(Map.of("classic", Tolerances.classic(), "default", Tolerances.withDefaults()));

  private DriftReader() {}

  /** Reads settings; what is not said is taken from the fallback. */
  static DriftSettings read(
      Section section, DriftSettings fallback, Map<String, ColumnDriftSettings> columns) {
    DriftMeasures measures = measures(section, fallback.measures());
    VerdictRule rule = rule(section, fallback.rule());
    double quality =
        section.number(
            "quality_tolerance", fallback.qualityTolerance(), "[0, 1)", x -> x >= 0 && x < 1);
    double share =
        section.number("drifted_share", fallback.driftedShare(), "(0, 1]", x -> x > 0 && x <= 1);
    int contributions = section.integer("contributions", fallback.contributions(), 0, 50);
    PastSettings past = past(section, fallback.past());
    return new DriftSettings(measures, rule, quality, share, contributions, past, columns);
  }

  private static DriftMeasures measures(Section drift, DriftMeasures fallback) {
    try (Section section = drift.section("measures")) {
      List<Measure> numeric = measures(section, "numeric", MEASURES, fallback.numeric());
      List<Measure> categorical =
          measures(section, "categorical", CATEGORICAL_MEASURES, fallback.categorical());
      Measure verdict =
          section
              .word("verdict", CATEGORICAL_MEASURES, fallback.verdict().label())
              .orElse(fallback.verdict());
      return new DriftMeasures(numeric, categorical, verdict);
    }
  }

  private static VerdictRule rule(Section section, VerdictRule fallback) {
    Tolerances tolerances = tolerances(section, fallback.tolerances());
    double confidence =
        section.number(
            "confidence", fallback.confidence(), "[0.9, 0.9999]", x -> x >= 0.9 && x <= 0.9999);
    Correction correction =
        section
            .word("correction", CORRECTIONS, fallback.correction().label())
            .orElse(fallback.correction());
    VotingRule votes = votes(section, fallback.votes());
    int minimumRows =
        section.integer("min_rows", (int) fallback.minimumRows(), 30, Integer.MAX_VALUE);
    return new VerdictRule(tolerances, confidence, correction, votes, minimumRows);
  }

  /** Reads what differs for one column. */
  static ColumnDriftSettings column(Section section) {
    Optional<Double> importance = section.optionalNumber("importance", "1", "[0, ∞)", x -> x >= 0);
    List<Measure> measures = section.words("measures", MEASURES, List.of(), "the model's");
    Optional<Tolerances> tolerances;
    try (Section tolerance = section.section("tolerance")) {
      Optional<Double> warning =
          tolerance.optionalNumber("warning", "the model's", "(0, 1]", DriftReader::isTolerance);
      Optional<Double> drifted =
          tolerance.optionalNumber("drifted", "the model's", "(0, 1]", DriftReader::isTolerance);
      if (warning.isPresent() != drifted.isPresent()) {
        tolerance.problem("", "needs both warning and drifted");
      }
      tolerances =
          warning.isPresent() && drifted.isPresent()
              ? tolerance.checked(
                  Optional.empty(), () -> Optional.of(new Tolerances(warning.get(), drifted.get())))
              : Optional.empty();
    }
    return new ColumnDriftSettings(
        tolerances,
        measures.isEmpty() ? Optional.empty() : Optional.of(measures),
        importance.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
  }

  private static Tolerances tolerances(Section drift, Tolerances fallback) {
    try (Section section = drift.section("tolerance")) {
      Tolerances preset = section.word("preset", PRESETS, "default").orElse(fallback);
      double warning =
          section.number("warning", preset.warning(), "(0, 1]", DriftReader::isTolerance);
      double drifted =
          section.number("drifted", preset.drifted(), "(0, 1]", DriftReader::isTolerance);
      return section.checked(preset, () -> new Tolerances(warning, drifted));
    }
  }

  private static boolean isTolerance(double psi) {
    return psi > 0 && psi <= 1;
  }

  private static VotingRule votes(Section drift, VotingRule fallback) {
    try (Section section = drift.section("votes")) {
      int raise = section.integer("raise", fallback.raise(), 1, 100);
      int of = section.integer("of", fallback.of(), 1, 100);
      int clear = section.integer("clear", fallback.clear(), 0, 99);
      return section.checked(fallback, () -> new VotingRule(raise, of, clear));
    }
  }

  private static PastSettings past(Section drift, PastSettings fallback) {
    try (Section section = drift.section("past")) {
      boolean previous = section.flag("previous", fallback.previous());
      Duration season = section.duration("season", fallback.season().orElse(Duration.ZERO));
      return new PastSettings(previous, season.isZero() ? Optional.empty() : Optional.of(season));
    }
  }

  private static List<Measure> measures(
      Section section, String key, Map<String, Measure> words, List<Measure> fallback) {
    String text = fallback.stream().map(Measure::label).collect(Collectors.joining(", "));
    return section.words(key, words, fallback, text);
  }

  private static <T> Map<String, T> byLabel(T[] values, Function<T, String> label) {
    Map<String, T> words = new LinkedHashMap<>();
    for (T value : values) {
      words.put(label.apply(value), value);
    }
    return words;
  }
}
