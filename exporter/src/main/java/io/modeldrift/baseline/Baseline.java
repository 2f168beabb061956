package io.modeldrift.baseline;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The distributions that live traffic of one model version is compared with.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id hash of rows and columns: the same rows and settings give the same id
 * @param model the model it was made for
 * @param created when it was made
 * @param source what it was made from, for a person: a file, a query, {@code traffic}
 * @param rows how many rows it was made from
 * @param columns in the order of the source
 * @param truth how good the model was on these rows, if their ground truth was known
 */
public record Baseline(
    String id,
    ModelKey model,
    Instant created,
    String source,
    long rows,
    List<BaselineColumn> columns,
    Optional<BaselineTruth> truth) {

  /**
   * Copies the columns.
   *
   * @throws IllegalArgumentException if two columns have the same role and name
   */
  public Baseline {
    columns = List.copyOf(columns);
    Set<String> seen = new HashSet<>();
    for (BaselineColumn column : columns) {
      if (!seen.add(column.role() + " " + column.name())) {
        throw new IllegalArgumentException("column " + column.name() + " stands there twice");
      }
    }
  }

  /** Makes a baseline without ground truth. */
  public Baseline(
      String id,
      ModelKey model,
      Instant created,
      String source,
      long rows,
      List<BaselineColumn> columns) {
    this(id, model, created, source, rows, columns, Optional.empty());
  }

  /** Returns the same baseline with the ground truth of its rows. */
  public Baseline withTruth(Optional<BaselineTruth> newTruth) {
    return new Baseline(
        BaselineHash.of(rows, columns, newTruth), model, created, source, rows, columns, newTruth);
  }

  /** Returns a baseline whose id is the hash of its rows and columns. */
  public static Baseline of(
      ModelKey model, Instant created, String source, long rows, List<BaselineColumn> columns) {
    return new Baseline(
        BaselineHash.of(rows, columns, Optional.empty()), model, created, source, rows, columns);
  }

  /** Returns a column, if the baseline has it. */
  public Optional<BaselineColumn> column(Role role, String name) {
    return columns.stream()
        .filter(column -> column.role() == role && column.name().equals(name))
        .findFirst();
  }
}
