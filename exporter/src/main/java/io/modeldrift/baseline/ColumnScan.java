package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.Role;
import org.jspecify.annotations.Nullable;

/** One column during the passes that find out its bins. */
final class ColumnScan {

  private final String name;
  private final Role role;
  private final ColumnSettings said;
  private final TypeEvidence evidence;
  private @Nullable ColumnType type;
  private @Nullable ColumnSketch sketch;

  ColumnScan(String name, Role role, BaselineSettings settings) {
    this.name = name;
    this.role = role;
    this.said = settings.column(name);
    this.evidence = new TypeEvidence(settings.textNumbers());
    this.type = said.type();
    this.sketch = type == null ? null : ColumnSketch.of(type);
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  /** Takes rows of the first pass; the type is the one of the first values unless declared. */
  void add(Column column, int rows) {
    if (said.type() == null) {
      for (int row = 0; row < rows; row++) {
        evidence.add(column, row);
      }
      if (type == null && evidence.numbers() + evidence.names() > 0) {
        begin(evidence.type());
      }
    }
    addAgain(column, rows);
  }

  /** Takes rows of a later pass, for a column whose first values misled about its type. */
  void addAgain(Column column, int rows) {
    if (sketch != null) {
      for (int row = 0; row < rows; row++) {
        sketch.add(column, row);
      }
    }
  }

  /** Returns whether all values together say something else than the first ones did. */
  boolean isMisled() {
    return said.type() == null && type != null && type != evidence.type();
  }

  /** Starts again with the type that all values together have. */
  void restart() {
    begin(evidence.type());
  }

  ColumnBins bins(BaselineSettings settings) {
    if (!said.edges().isEmpty()) {
      return ColumnBins.of(said.layout());
    }
    return (sketch == null ? ColumnSketch.of(evidence.type()) : sketch).bins(settings);
  }

  private void begin(ColumnType found) {
    type = found;
    sketch = ColumnSketch.of(found);
  }
}
