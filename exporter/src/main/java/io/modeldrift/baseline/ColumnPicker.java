package io.modeldrift.baseline;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import org.jspecify.annotations.Nullable;

/** Copies the chosen columns of batches, each with its chosen role. */
final class ColumnPicker {

  private final ColumnChoice choice;
  private final boolean rolesKnown;
  private final InferenceBatch picked = new InferenceBatch();

  /** Makes a picker; {@code rolesKnown} if columns have right roles unless something is said. */
  ColumnPicker(ColumnChoice choice, boolean rolesKnown) {
    this.choice = choice;
    this.rolesKnown = rolesKnown;
  }

  /** Returns the chosen columns; valid until the next call. */
  InferenceBatch pick(InferenceBatch batch) {
    if (rolesKnown && choice.isDefault()) {
      return batch;
    }
    picked.reset(batch.model(), batch.kind(), batch.time());
    picked.ensureRows(batch.rows());
    copy(batch, Role.INPUT);
    copy(batch, Role.OUTPUT);
    picked.setKind(kind(batch.kind()));
    return picked;
  }

  private void copy(InferenceBatch batch, Role role) {
    for (Column column : batch.columns(role)) {
      Role chosen = roleOf(column.name(), role);
      Column target = chosen == null ? null : picked.column(chosen, column.name());
      if (target != null) {
        Cells.copy(column, batch.rows(), target, 0, Integer.MAX_VALUE);
      }
    }
  }

  private @Nullable Role roleOf(String name, Role given) {
    if (rolesKnown && !choice.says(name)) {
      return given;
    }
    return choice.roleOf(name).orElse(null);
  }

  private BatchKind kind(BatchKind given) {
    boolean inputs = !picked.columns(Role.INPUT).isEmpty();
    boolean outputs = !picked.columns(Role.OUTPUT).isEmpty();
    if (inputs && outputs) {
      return BatchKind.PAIR;
    }
    if (outputs) {
      return BatchKind.RESPONSE;
    }
    return inputs ? BatchKind.REQUEST : given;
  }
}
