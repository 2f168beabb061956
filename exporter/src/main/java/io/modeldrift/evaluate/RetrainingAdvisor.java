package io.modeldrift.evaluate;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.Window;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import io.modeldrift.statistics.DriftState;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a lasting change, for which a model should be trained again, from a passing disturbance.
 *
 * <p>What counts is the longest window. A drift that cannot be judged for a while, because there
 * are too few rows, neither ends nor begins. Not thread-safe: one thread evaluates.
 */
public final class RetrainingAdvisor {

  private static final int MOST_MODELS = 100_000;

  private final Map<ModelKey, Instant> driftedSince = new HashMap<>();
  private final Map<ModelKey, Instant> worseSince = new HashMap<>();

  /**
   * Returns the advice on every model that has a baseline.
   *
   * @param report the newest one; each may be given once
   * @param worse whether each model's performance is surely worse than the baseline's, of those
   *     about which it is known
   */
  public List<RetrainingAdvice> advise(
      DriftReport report, Map<ModelKey, Boolean> worse, RetrainingSettings settings) {
    List<RetrainingAdvice> advice = new ArrayList<>();
    for (ModelReport model : report.models()) {
      if (model instanceof ModelReport.Compared compared) {
        advice.add(
            advise(
                report.time(), compared, Optional.ofNullable(worse.get(model.model())), settings));
      }
    }
    var known = advice.stream().map(RetrainingAdvice::model).collect(Collectors.toSet());
    driftedSince.keySet().retainAll(known);
    worseSince.keySet().retainAll(known);
    return advice;
  }

  /** Writes since when each model has been drifted or worse. */
  public void save(StatePart.Sections sections) throws IOException {
    StateOutput section = new StateOutput();
    save(section, driftedSince);
    save(section, worseSince);
    sections.add(section);
  }

  private static void save(StateOutput out, Map<ModelKey, Instant> since) {
    out.number(since.size());
    since.forEach(
        (model, moment) -> {
          out.text(model.name());
          out.text(model.version());
          out.instant(moment);
        });
  }

  /** Goes on with what was saved. */
  public void restore(StateInput in) throws SnapshotException {
    Map<ModelKey, Instant> drifted = since(in);
    worseSince.putAll(since(in));
    driftedSince.putAll(drifted);
  }

  private static Map<ModelKey, Instant> since(StateInput in) throws SnapshotException {
    Map<ModelKey, Instant> since = new HashMap<>();
    int models = in.size(MOST_MODELS);
    for (int i = 0; i < models; i++) {
      since.put(new ModelKey(in.text(), in.text()), in.instant());
    }
    return since;
  }

  private RetrainingAdvice advise(
      Instant now,
      ModelReport.Compared model,
      Optional<Boolean> worse,
      RetrainingSettings settings) {
    Map<RetrainingReason, Boolean> reasons = new EnumMap<>(RetrainingReason.class);
    drifted(model).ifPresent(drifted -> follow(driftedSince, model.model(), drifted, now));
    reasons.put(RetrainingReason.DRIFT, hasLasted(driftedSince.get(model.model()), now, settings));
    if (worse.isPresent()) {
      follow(worseSince, model.model(), worse.get(), now);
      boolean lasted = hasLasted(worseSince.get(model.model()), now, settings);
      reasons.put(RetrainingReason.PERFORMANCE, lasted);
    }
    settings
        .baselineAge()
        .ifPresent(
            age -> {
              Instant outdated = model.baseline().created().plus(age);
              reasons.put(RetrainingReason.AGE, !now.isBefore(outdated));
            });
    return new RetrainingAdvice(model.model(), reasons);
  }

  private static Optional<Boolean> drifted(ModelReport.Compared model) {
    return model.windows().stream()
        .max(Comparator.comparing(WindowReport::window, Comparator.comparing(Window::span)))
        .map(WindowReport::state)
        .filter(state -> state != DriftState.INSUFFICIENT)
        .map(state -> state == DriftState.DRIFTED);
  }

  private static void follow(
      Map<ModelKey, Instant> since, ModelKey model, boolean holds, Instant now) {
    if (holds) {
      since.putIfAbsent(model, now);
    } else {
      since.remove(model);
    }
  }

  private static boolean hasLasted(
      @Nullable Instant since, Instant now, RetrainingSettings settings) {
    return since != null && !now.isBefore(since.plus(settings.after()));
  }
}
