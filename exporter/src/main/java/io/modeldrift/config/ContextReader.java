package io.modeldrift.config;

import io.modeldrift.evaluate.RetrainingSettings;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what surrounds a model: who owns it, what serves it, when it is outdated. */
final class ContextReader {

  private static final List<String> FACTS = List.of("framework", "owner", "variant");

  private ContextReader() {}

  static ModelContext read(Section root, List<ModelConfig> models) {
    RetrainingSettings retraining = retraining(root);
    List<ModelServer> servers =
        models.stream().map(ModelConfig::server).flatMap(Optional::stream).toList();
    return new ModelContext(
        retraining, servers, key -> info(models, key), ComparisonReader.read(root));
  }

  /** Reads an entry that is not there, so that all its keys are known. */
  static void learnKeys(Section model) {
    info(model);
    server(model, "", "");
  }

  static Map<String, String> info(Section model) {
    Map<String, String> info = new TreeMap<>();
    for (String fact : FACTS) {
      model.text(fact).ifPresent(text -> info.put(fact, text));
    }
    return info;
  }

  static Optional<ModelServer> server(Section model, String name, String version) {
    List<ModelServer> found = new ArrayList<>();
    try (Section section = model.section("server")) {
      for (ModelServer.Kind kind :
          List.of(ModelServer.Kind.PID, ModelServer.Kind.PID_FILE, ModelServer.Kind.CGROUP)) {
        section
            .text(key(kind))
            .ifPresent(place -> found.add(new ModelServer(name, version, kind, place)));
      }
      if (found.size() > 1) {
        section.problem("", "give one of pid, pid_file and cgroup");
      }
    }
    return found.stream().findFirst();
  }

  private static String key(ModelServer.Kind kind) {
    return switch (kind) {
      case PID -> "pid";
      case PID_FILE -> "pid_file";
      case CGROUP -> "cgroup";
    };
  }

  private static RetrainingSettings retraining(Section root) {
    RetrainingSettings defaults = RetrainingSettings.withDefaults();
    try (Section section = root.section("retraining")) {
      Duration after = section.duration("after", defaults.after());
      Duration age = section.duration("baseline_age", Duration.ZERO);
      return new RetrainingSettings(after, age.isZero() ? Optional.empty() : Optional.of(age));
    }
  }

  private static Map<String, String> info(List<ModelConfig> models, ModelKey key) {
    Map<String, String> info = new TreeMap<>();
    models.stream()
        .filter(model -> model.matches(key) && model.version().isEmpty())
        .forEach(model -> info.putAll(model.info()));
    models.stream()
        .filter(model -> model.matches(key) && !model.version().isEmpty())
        .forEach(model -> info.putAll(model.info()));
    return info;
  }
}
