package io.modeldrift.truth;

import io.modeldrift.decode.Decoded;
import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.snapshot.StatePart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what end users say about the answers of known models.
 *
 * <p>Bounded by the number of known models. Thread-safe: each method locks the instance.
 */
public final class FeedbackCounts implements StatePart {

  private final TruthDesk.Models known;
  private volatile boolean trustCorrections;
  private final Consumer<Decoded.Truths> truths;
  private final Map<ModelKey, Map<Feedback.Kind, Long>> counts = new TreeMap<>();

  /**
   * Makes empty counts.
   *
   * @param trustCorrections whether a correction with an id counts as ground truth
   * @param truths takes those
   */
  public FeedbackCounts(
      TruthDesk.Models known, boolean trustCorrections, Consumer<Decoded.Truths> truths) {
    this.known = known;
    this.trustCorrections = trustCorrections;
    this.truths = truths;
  }

  /** Says from now on whether a correction with an id counts as ground truth. */
  public void trustCorrections(boolean trust) {
    trustCorrections = trust;
  }

  /** Counts the feedback of a payload; that for unknown models is refused one by one. */
  public TruthReceipt take(Decoded.Opinions opinions) {
    List<TruthReceipt.Problem> problems = new ArrayList<>();
    List<GroundTruth> corrections = new ArrayList<>();
    List<String> places = new ArrayList<>();
    Set<ModelKey> models = known.known();
    int refused = 0;
    for (int i = 0; i < opinions.feedback().size(); i++) {
      Feedback feedback = opinions.feedback().get(i);
      if (!count(feedback, models)) {
        refused++;
        if (problems.size() < TruthReceipt.MOST_PROBLEMS) {
          problems.add(
              new TruthReceipt.Problem(
                  opinions.places().get(i) + "/model",
                  "unknown_model",
                  "no traffic and no configuration named this model and version yet"));
        }
      } else if (trustCorrections && feedback.correction() != null && !feedback.id().isEmpty()) {
        corrections.add(truth(feedback));
        places.add(opinions.places().get(i));
      }
    }
    if (!corrections.isEmpty()) {
      truths.accept(new Decoded.Truths(opinions.protocol(), corrections, places, 0));
    }
    int accepted = opinions.feedback().size() - refused;
    return new TruthReceipt(
        opinions.feedback().size(), Map.of("accepted", accepted), refused, problems);
  }

  private static GroundTruth truth(Feedback feedback) {
    return new GroundTruth(
        feedback.model(),
        feedback.version(),
        List.of(feedback.id()),
        feedback.row(),
        feedback.correction(),
        Map.of(),
        Map.of());
  }

  private synchronized boolean count(Feedback feedback, Set<ModelKey> models) {
    ModelKey model = find(feedback, models);
    if (model == null) {
      return false;
    }
    counts
        .computeIfAbsent(model, key -> new EnumMap<>(Feedback.Kind.class))
        .merge(feedback.kind(), 1L, Long::sum);
    return true;
  }

  /** Users rarely know the version: without one, feedback is for the only or the last in order. */
  private static @Nullable ModelKey find(Feedback feedback, Set<ModelKey> models) {
    ModelKey exact = new ModelKey(feedback.model(), feedback.version());
    if (models.contains(exact)) {
      return exact;
    }
    return feedback.version().isEmpty()
        ? models.stream()
            .filter(model -> model.name().equals(feedback.model()))
            .max(Comparator.naturalOrder())
            .orElse(null)
        : null;
  }

  @Override
  public String stateName() {
    return "feedback";
  }

  @Override
  public int stateVersion() {
    return 1;
  }

  @Override
  public synchronized void save(Sections sections) throws IOException {
    for (Map.Entry<ModelKey, Map<Feedback.Kind, Long>> model : snapshot().entrySet()) {
      StateOutput section = new StateOutput();
      section.text(model.getKey().name());
      section.text(model.getKey().version());
      section.numbers(model.getValue().values().stream().mapToLong(Long::longValue).toArray());
      sections.add(section);
    }
  }

  @Override
  public synchronized void restore(StateInput section, boolean continuous)
      throws SnapshotException {
    ModelKey model = new ModelKey(section.text(), section.text());
    Feedback.Kind[] kinds = Feedback.Kind.values();
    long[] saved = section.counts(kinds.length);
    if (continuous) {
      Map<Feedback.Kind, Long> counted = new EnumMap<>(Feedback.Kind.class);
      for (Feedback.Kind kind : kinds) {
        counted.put(kind, saved[kind.ordinal()]);
      }
      counts.put(model, counted);
    }
  }

  /** Returns how much of each kind there was, by model; kinds that nobody used included. */
  public synchronized Map<ModelKey, Map<Feedback.Kind, Long>> snapshot() {
    Map<ModelKey, Map<Feedback.Kind, Long>> copy = new LinkedHashMap<>();
    counts.forEach(
        (model, kinds) -> {
          Map<Feedback.Kind, Long> all = new EnumMap<>(Feedback.Kind.class);
          for (Feedback.Kind kind : Feedback.Kind.values()) {
            all.put(kind, kinds.getOrDefault(kind, 0L));
          }
          copy.put(model, all);
        });
    return copy;
  }
}
