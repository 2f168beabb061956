package io.modeldrift.baseline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How good the model was on the baseline's rows, in counts and sums that add up.
 *
 * @param kind what the model predicts: {@code binary}, {@code multiclass} or {@code regression}
 * @param classes names of the classes, of two the positive one second; empty for numbers
 * @param threshold score from which a row was predicted positive
 * @param centre around which truths that are numbers were summed
 * @param segments by name, {@code all} among them: for classes rows by truth and, within, by
 *     prediction; for numbers rows, Σ error, Σ |error|, Σ error², Σ (truth − centre), Σ (truth −
 *     centre)², truths other than 0, Σ |error|/|truth| over these
 * @param scores of two classes, if the model gives probabilities
 * @param largeError of numbers, the 99th percentile of |error|, positive; empty if it is not known,
 *     as after a merge: it does not add up
 */
public record BaselineTruth(
    String kind,
    List<String> classes,
    double threshold,
    double centre,
    Map<String, List<Double>> segments,
    Optional<Scores> scores,
    OptionalDouble largeError) {

  /** Name of the segment that all rows belong to. */
  public static final String ALL = "all";

  private static final Set<String> KINDS = Set.of("binary", "multiclass", "regression");
  private static final int SUMS = 8;

  /**
   * Scores by outcome.
   *
   * @param edges between score bins, ascending
   * @param lowest smallest score
   * @param highest largest score
   * @param positives rows per bin, from low to high score, one more than edges
   * @param negatives likewise
   * @param sums of the scores per bin
   * @param losses rows, Σ log loss, Σ its squares, rows, Σ squared difference of score and truth, Σ
   *     its squares
   */
  public record Scores(
      List<Double> edges,
      double lowest,
      double highest,
      List<Double> positives,
      List<Double> negatives,
      List<Double> sums,
      List<Double> losses) {

    private static final int LOSSES = 6;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if they do not fit each other
     */
    public Scores {
      edges = List.copyOf(edges);
      positives = List.copyOf(positives);
      negatives = List.copyOf(negatives);
      sums = List.copyOf(sums);
      losses = List.copyOf(losses);
      int bins = edges.size() + 1;
      if (positives.size() != bins || negatives.size() != bins || sums.size() != bins) {
        throw new IllegalArgumentException("scores need one number for each of " + bins + " bins");
      }
      if (losses.size() != LOSSES) {
        throw new IllegalArgumentException("losses are " + LOSSES + " numbers");
      }
      if (edges.stream().anyMatch(edge -> !Double.isFinite(edge))
          || new HashSet<>(edges).size() != edges.size()
          || !edges.stream().sorted().toList().equals(edges)) {
        throw new IllegalArgumentException("edges of scores must increase");
      }
      checkCounts(positives);
      checkCounts(negatives);
    }

    private Scores plus(Scores other) {
      return new Scores(
          edges,
          Math.min(lowest, other.lowest),
          Math.max(highest, other.highest),
          add(positives, other.positives),
          add(negatives, other.negatives),
          add(sums, other.sums),
          add(losses, other.losses));
    }
  }

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if they do not fit each other, or the segment of all rows is
   *     missing
   */
  public BaselineTruth {
    classes = List.copyOf(classes);
    Map<String, List<Double>> copies = new LinkedHashMap<>();
    segments.forEach((name, numbers) -> copies.put(name, List.copyOf(numbers)));
    segments = Collections.unmodifiableMap(copies);
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException("kind must be one of binary, multiclass, regression");
    }
    int size = kind.equals("regression") ? SUMS : classes.size() * classes.size();
    if (kind.equals("binary") && classes.size() != 2) {
      throw new IllegalArgumentException("binary needs two classes");
    }
    if (largeError.isPresent() && !(largeError.getAsDouble() > 0)) {
      throw new IllegalArgumentException("large_error must be positive");
    }
    if (!segments.containsKey(ALL)) {
      throw new IllegalArgumentException("segment \"" + ALL + "\" is missing");
    }
    for (Map.Entry<String, List<Double>> segment : segments.entrySet()) {
      if (segment.getValue().size() != size) {
        throw new IllegalArgumentException(
            "segment " + segment.getKey() + " must have " + size + " numbers");
      }
      if (!kind.equals("regression")) {
        checkCounts(segment.getValue());
      }
    }
  }

  /** Makes what knows no large error. */
  public BaselineTruth(
      String kind,
      List<String> classes,
      double threshold,
      double centre,
      Map<String, List<Double>> segments,
      Optional<Scores> scores) {
    this(kind, classes, threshold, centre, segments, scores, OptionalDouble.empty());
  }

  private static void checkCounts(List<Double> counts) {
    for (double count : counts) {
      if (!(count >= 0 && count == Math.rint(count) && count < 1L << 53)) {
        throw new IllegalArgumentException("a count is not a whole number of at least 0");
      }
    }
  }

  /** Returns the sum of both; nothing if they were not counted alike. */
  Optional<BaselineTruth> plus(BaselineTruth other) {
    boolean alike =
        kind.equals(other.kind)
            && classes.equals(other.classes)
            && threshold == other.threshold
            && centre == other.centre
            && scores.map(Scores::edges).equals(other.scores.map(Scores::edges));
    if (!alike) {
      return Optional.empty();
    }
    Map<String, List<Double>> sum = new LinkedHashMap<>(segments);
    other.segments.forEach((name, numbers) -> sum.merge(name, numbers, BaselineTruth::add));
    return Optional.of(
        new BaselineTruth(
            kind,
            classes,
            threshold,
            centre,
            sum,
            scores.flatMap(mine -> other.scores.map(mine::plus))));
  }

  private static List<Double> add(List<Double> one, List<Double> other) {
    List<Double> sum = new ArrayList<>(one.size());
    for (int i = 0; i < one.size(); i++) {
      sum.add(one.get(i) + other.get(i));
    }
    return sum;
  }
}
