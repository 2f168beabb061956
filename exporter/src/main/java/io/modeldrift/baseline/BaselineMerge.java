package io.modeldrift.baseline;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Adds up baselines of parts of the rows, so that a baseline can be built in parallel.
 *
 * <p>The parts must have the same columns with the same bins, tail included: build one, then the
 * others over its bins. Counts and sums are added; means and standard deviations are combined from
 * those of the parts (Chan, Golub and LeVeque 1979). Chunks are put one after the other, in the
 * order of the parts, and neighbours joined while there are more than {@value #MOST_CHUNKS};
 * without chunks in every part there are none. Derived columns are left out: their values depend on
 * the baseline that they were computed with.
 */
public final class BaselineMerge {

  private static final int MOST_CHUNKS = 60;

  private BaselineMerge() {}

  /**
   * Returns the baseline of all rows of all parts, for the model of the first part.
   *
   * @param parts in the order of their time, at least one
   * @throws IllegalArgumentException if columns, bins or importances of two parts differ; the
   *     message names the column
   */
  public static Baseline of(List<Baseline> parts, Instant created) {
    Baseline first = parts.get(0);
    for (Baseline part : parts) {
      checkColumns(first, part);
    }
    List<BaselineColumn> columns = new ArrayList<>();
    for (BaselineColumn column : first.columns()) {
      if (column.role() != Role.DERIVED) {
        columns.add(
            merged(parts.stream().map(part -> find(part, column.role(), column.name())).toList()));
      }
    }
    return Baseline.of(
            first.model(),
            created,
            parts.stream().map(Baseline::source).distinct().collect(Collectors.joining(" + ")),
            parts.stream().mapToLong(Baseline::rows).sum(),
            columns)
        .withTruth(truth(parts));
  }

  /** Ground truth of which a part has none, or counted it otherwise, would be that of a part. */
  private static Optional<BaselineTruth> truth(List<Baseline> parts) {
    Optional<BaselineTruth> sum = parts.get(0).truth();
    for (Baseline part : parts.subList(1, parts.size())) {
      sum = sum.flatMap(known -> part.truth().flatMap(known::plus));
    }
    return sum;
  }

  private static void checkColumns(Baseline first, Baseline part) {
    for (BaselineColumn column : part.columns()) {
      if (column.role() != Role.DERIVED) {
        find(first, column.role(), column.name());
      }
    }
    for (BaselineColumn column : first.columns()) {
      if (column.role() != Role.DERIVED) {
        checkAgreement(column, find(part, column.role(), column.name()));
      }
    }
  }

  private static void checkAgreement(BaselineColumn one, BaselineColumn other) {
    if (!one.layout().equals(other.layout())) {
      throw new IllegalArgumentException(
          "column "
              + one.name()
              + ": the bins differ; build all parts over the bins of one of them");
    }
    if (one.importance() != other.importance()) {
      throw new IllegalArgumentException(
          "column "
              + one.name()
              + ": the importance is "
              + one.importance()
              + " in one and "
              + other.importance()
              + " in another");
    }
  }

  private static BaselineColumn find(Baseline baseline, Role role, String name) {
    return baseline
        .column(role, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "column " + name + ": not every baseline has it as " + role.label()));
  }

  private static BaselineColumn merged(List<BaselineColumn> parts) {
    BaselineColumn first = parts.get(0);
    return new BaselineColumn(
        first.name(),
        first.role(),
        first.layout(),
        parts.stream().map(BaselineColumn::counts).reduce(BinnedCounts::plus).orElseThrow(),
        mean(parts),
        standardDeviation(parts),
        chunks(parts),
        first.importance());
  }

  private static double mean(List<BaselineColumn> parts) {
    double sum = 0;
    long values = 0;
    for (BaselineColumn part : parts) {
      sum += part.mean() * part.values();
      values += part.values();
    }
    return values == 0 ? 0 : sum / values;
  }

  private static double standardDeviation(List<BaselineColumn> parts) {
    double mean = mean(parts);
    double squares = 0;
    long values = 0;
    for (BaselineColumn part : parts) {
      double offset = part.mean() - mean;
      double deviation = part.standardDeviation();
      squares += part.values() * (deviation * deviation + offset * offset);
      values += part.values();
    }
    return values == 0 ? 0 : Math.sqrt(squares / values);
  }

  private static List<BinnedCounts> chunks(List<BaselineColumn> parts) {
    if (parts.stream().anyMatch(part -> part.chunks().isEmpty())) {
      return List.of();
    }
    List<BinnedCounts> chunks = new ArrayList<>();
    parts.forEach(part -> chunks.addAll(part.chunks()));
    List<BinnedCounts> joined = chunks;
    while (joined.size() > MOST_CHUNKS) {
      joined = neighboursJoined(joined);
    }
    return joined;
  }

  private static List<BinnedCounts> neighboursJoined(List<BinnedCounts> chunks) {
    List<BinnedCounts> joined = new ArrayList<>();
    for (int i = 0; i + 1 < chunks.size(); i += 2) {
      joined.add(chunks.get(i).plus(chunks.get(i + 1)));
    }
    if (chunks.size() % 2 == 1) {
      joined.add(chunks.get(chunks.size() - 1));
    }
    return joined;
  }
}
