package io.modeldrift.inference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one model version, column by column: what a decoder fills and an observer walks.
 *
 * <p>A batch is reused for payload after payload ({@link #reset}). Its columns keep their arrays,
 * so that in a steady state filling it allocates nothing per value. A column is created the first
 * time a row names it; cells that nobody set are {@link Column#ABSENT}.
 *
 * <p>Bounded: at most {@value #MAX_COLUMNS} columns a role; {@link #column} refuses further ones,
 * and the refusal is a {@link SchemaProblem}.
 *
 * <p>Not thread-safe: a batch belongs to one thread at a time.
 */
public final class InferenceBatch {

  /** The largest number of columns of one role, and so of positional values in a row. */
  public static final int MAX_COLUMNS = 1024;

  /** The longest name of a column: names are kept where traffic brings ever new ones. */
  public static final int MAX_NAME_CHARS = 500;

  private static final int RETAINED_COLUMNS = 4 * MAX_COLUMNS;
  private static final int CHARS_PER_CELL = 8;
  private static final int FIRST_CAPACITY = 8;

  private final TextArena arena = new TextArena();
  private final Map<String, Column> inputs = new HashMap<>();
  private final Map<String, Column> outputs = new HashMap<>();
  private final List<Column> activeInputs = new ArrayList<>();
  private final List<Column> activeOutputs = new ArrayList<>();
  private final Map<String, Column> attributions = new HashMap<>();
  private final List<Column> activeAttributions = new ArrayList<>();
  private final int[] problems = new int[SchemaProblem.values().length];
  private @Nullable String[] ids = new @Nullable String[0];
  private @Nullable Instant[] times = new @Nullable Instant[0];
  private @Nullable EventKey event;
  private ModelKey model = ModelKey.of(ModelKey.UNKNOWN);
  private BatchKind kind = BatchKind.REQUEST;
  private Instant time = Instant.EPOCH;
  private int rows;
  private long capacity;

  /** Empties the batch for rows of this model. */
  public void reset(ModelKey newModel, BatchKind newKind, Instant newTime) {
    forget(inputs, activeInputs);
    forget(outputs, activeOutputs);
    forget(attributions, activeAttributions);
    arena.clear();
    Arrays.fill(problems, 0);
    Arrays.fill(ids, 0, Math.min(rows, ids.length), null); // grown by rows with an id only
    Arrays.fill(times, 0, Math.min(rows, times.length), null);
    event = null;
    rows = 0;
    model = newModel;
    kind = newKind;
    time = newTime;
  }

  /**
   * Returns for how many cells the batch holds memory, that of texts included, and that of columns
   * which the current rows do not name.
   */
  public long capacity() {
    measure(activeInputs);
    measure(activeOutputs);
    measure(activeAttributions);
    return capacity + arena.chars().length / CHARS_PER_CELL;
  }

  private void measure(List<Column> active) {
    for (Column column : active) {
      capacity += column.growth();
    }
  }

  public ModelKey model() {
    return model;
  }

  /** Names the model after rows were added: some formats say so at the end of the payload. */
  public void setModel(ModelKey newModel) {
    model = newModel;
  }

  public BatchKind kind() {
    return kind;
  }

  /** Says which halves the batch holds, when that is known only at the end of the payload. */
  public void setKind(BatchKind newKind) {
    kind = newKind;
  }

  /** Returns the time of the event if the payload gives one, else of its arrival. */
  public Instant time() {
    return time;
  }

  /** Returns the time of a row; that of the batch unless the row has one of its own. */
  public Instant time(int row) {
    Instant own = row < times.length ? times[row] : null;
    return own == null ? time : own;
  }

  /** Gives a row a time of its own, where one payload holds inferences of several times. */
  public void setTime(int row, Instant newTime) {
    if (row >= times.length) {
      times = Arrays.copyOf(times, Math.max(row + 1, Math.max(FIRST_CAPACITY, times.length * 2)));
    }
    times[row] = newTime;
  }

  /** Returns what joins this half to its other half, or null if the payload does not say. */
  public @Nullable EventKey event() {
    return event;
  }

  public void setEvent(@Nullable EventKey newEvent) {
    event = newEvent;
  }

  public int rows() {
    return rows;
  }

  /** Takes back the rows from this one on: what half a record has written before it failed. */
  public void dropRows(int from) {
    if (from >= rows) {
      return;
    }
    activeInputs.forEach(column -> column.clearFrom(from));
    activeOutputs.forEach(column -> column.clearFrom(from));
    activeAttributions.forEach(column -> column.clearFrom(from));
    clearFrom(ids, from);
    clearFrom(times, from);
    rows = from;
  }

  private void clearFrom(@Nullable Object[] array, int from) {
    int to = Math.min(rows, array.length);
    if (from < to) {
      Arrays.fill(array, from, to, null);
    }
  }

  /** Adds a row of absent cells and returns its index. */
  public int addRow() {
    return rows++;
  }

  /** Adds rows of absent cells until there are {@code count}; does nothing if there are more. */
  public void ensureRows(int count) {
    rows = Math.max(rows, count);
  }

  /** Returns the inference id of a row, or null if the payload gives none. */
  public @Nullable String id(int row) {
    return row < ids.length ? ids[row] : null;
  }

  /**
   * Returns whether a row belongs to the inference of the row before it: rows of one inference
   * follow each other with the same id, or all without one.
   */
  public boolean continuesInference(int row) {
    return row > 0 && Objects.equals(id(row), id(row - 1));
  }

  /**
   * Returns the number of a row within its inference, from 0.
   *
   * <p>Takes time proportional to it: who walks all rows counts while {@link #continuesInference}.
   */
  public int rowOfId(int row) {
    int first = row;
    while (continuesInference(first)) {
      first--;
    }
    return row - first;
  }

  /** Sets the inference id of a row, bounded by {@link IdText}. */
  public void setId(int row, String id) {
    if (row >= ids.length) {
      ids = Arrays.copyOf(ids, Math.max(row + 1, Math.max(FIRST_CAPACITY, ids.length * 2)));
    }
    ids[row] = IdText.bounded(id);
  }

  /**
   * Returns the column of this name, created if need be.
   *
   * @return null if the batch already has {@value #MAX_COLUMNS} columns of the role, or the name is
   *     longer than {@value #MAX_NAME_CHARS} chars; counted as {@link
   *     SchemaProblem#TOO_MANY_FEATURES}
   */
  public @Nullable Column column(Role role, String name) {
    return role == Role.INPUT
        ? activated(inputs, activeInputs, role, name)
        : activated(outputs, activeOutputs, role, name);
  }

  /**
   * Returns what the predictions owe to this input, created if need be: numbers of either sign.
   *
   * @return null if the batch already has {@value #MAX_COLUMNS} of them, counted likewise
   */
  public @Nullable Column attribution(String input) {
    return activated(attributions, activeAttributions, Role.INPUT, input);
  }

  /** Returns the attributions by the name of their input; empty if the payload gives none. */
  public List<Column> attributions() {
    return Collections.unmodifiableList(activeAttributions);
  }

  private @Nullable Column activated(
      Map<String, Column> known, List<Column> active, Role role, String name) {
    Column column = known.get(name);
    if (column != null && column.isActive()) {
      return column;
    }
    if (active.size() >= MAX_COLUMNS || name.length() > MAX_NAME_CHARS) {
      addProblem(SchemaProblem.TOO_MANY_FEATURES);
      return null;
    }
    if (column == null) {
      column = new Column(name, role, arena, FIRST_CAPACITY);
      known.put(name, column);
    }
    column.activate();
    active.add(column);
    return column;
  }

  /** Returns the column of this name, or null if no row named it. */
  public @Nullable Column find(Role role, String name) {
    Column column = (role == Role.INPUT ? inputs : outputs).get(name);
    return column != null && column.isActive() ? column : null;
  }

  /** Returns the columns of this role in the order in which they first appeared. */
  public List<Column> columns(Role role) {
    return Collections.unmodifiableList(role == Role.INPUT ? activeInputs : activeOutputs);
  }

  /** Returns how many columns of this role rows have named. */
  public int columnCount(Role role) {
    return (role == Role.INPUT ? activeInputs : activeOutputs).size();
  }

  /** Copies the cells of one role of another batch, its first row to {@code firstRow}. */
  public void copyFrom(InferenceBatch source, Role role, int firstRow) {
    copyFrom(source, role, firstRow, List.of());
  }

  /** Copies the cells of one role of another batch, except those of the columns named. */
  public void copyFrom(InferenceBatch source, Role role, int firstRow, List<String> except) {
    for (Column from : source.columns(role)) {
      Column to = except.contains(from.name()) ? null : column(role, from.name());
      for (int row = 0; to != null && row < source.rows(); row++) {
        to.copyCell(firstRow + row, from, row);
      }
    }
  }

  /** Counts one problem with the shape of the rows. */
  public void addProblem(SchemaProblem problem) {
    problems[problem.ordinal()]++;
  }

  /** Returns how often a problem was counted since the last reset. */
  public int problems(SchemaProblem problem) {
    return problems[problem.ordinal()];
  }

  private void forget(Map<String, Column> known, List<Column> active) {
    for (Column column : active) {
      capacity += column.growth();
      column.clear();
    }
    active.clear();
    if (known.size() > RETAINED_COLUMNS) {
      known.values().forEach(column -> capacity -= column.room());
      known.clear();
    }
  }
}
