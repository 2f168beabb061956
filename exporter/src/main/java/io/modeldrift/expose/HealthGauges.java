package io.modeldrift.expose;

import io.modeldrift.evaluate.RetrainingAdvice;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.ServerUsage;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Map;

/** What is known about a model beside its data: its servers, its owners, whether it is outdated. */
final class HealthGauges {

  private static final Family RETRAINING =
      Family.gauge(
          "model_retraining_recommended",
          "1 if the model should be trained again for this reason, else 0.");
  private static final Family VISIBLE =
      Family.gauge(
          "model_server_visible",
          "1 if the configured process or control group was found, else 0.");
  private static final Family CPU =
      Family.counter(
          "model_server_cpu_seconds", "Time that the model's server spent on processors.");
  private static final Family MEMORY =
      Family.gauge("model_server_memory_bytes", "Memory that the model's server uses.");
  private static final Family MEMORY_LIMIT =
      Family.gauge(
          "model_server_memory_limit_bytes", "Memory that the model's server may use at most.");
  private static final Family INFO =
      Family.info("model", "What the configuration says about the model.");

  private HealthGauges() {}

  static void addTo(SeriesBuffer buffer, List<ModelSnapshot> models, ExposedState state) {
    for (RetrainingAdvice advice : state.retraining()) {
      Labels labels = SeriesCache.labels(advice.model());
      advice
          .reasons()
          .forEach(
              (reason, applies) ->
                  buffer.gauge(RETRAINING, labels.add("reason", reason.label()), applies ? 1 : 0));
    }
    for (ServerUsage usage : state.servers()) {
      models.stream()
          .map(ModelSnapshot::model)
          .filter(usage.server()::serves)
          .forEach(model -> addUsage(buffer, SeriesCache.labels(model), usage));
    }
    for (ModelSnapshot model : models) {
      addInfo(buffer, model.model(), state.info(model.model()));
    }
  }

  private static void addUsage(SeriesBuffer buffer, Labels labels, ServerUsage usage) {
    buffer.gauge(VISIBLE, labels, usage.isVisible() ? 1 : 0);
    usage.cpuSeconds().ifPresent(seconds -> buffer.sum(CPU, labels, seconds));
    usage.memoryBytes().ifPresent(bytes -> buffer.gauge(MEMORY, labels, bytes));
    usage.memoryLimitBytes().ifPresent(bytes -> buffer.gauge(MEMORY_LIMIT, labels, bytes));
  }

  private static void addInfo(SeriesBuffer buffer, ModelKey model, Map<String, String> info) {
    if (!info.isEmpty()) {
      Labels labels = SeriesCache.labels(model);
      for (Map.Entry<String, String> entry : info.entrySet()) {
        labels = labels.add(entry.getKey(), LabelValue.of(entry.getValue()));
      }
      buffer.info(INFO, labels);
    }
  }
}
