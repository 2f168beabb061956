package io.modeldrift.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InferenceBatchTest {

  private final InferenceBatch batch = new InferenceBatch();

  @Test
  void reset_afterManyRowsWithoutIds_startsAfresh() {
    batch.ensureRows(5_000);

    batch.reset(ModelKey.of("m"), BatchKind.REQUEST, Instant.EPOCH);

    assertThat(batch.rows()).isZero();
  }

  @Test
  void reset_forgetsIds() {
    batch.ensureRows(100);
    batch.setId(3, "a");
    batch.setId(90, "b");

    batch.reset(ModelKey.of("m"), BatchKind.REQUEST, Instant.EPOCH);

    assertThat(batch.id(3)).isNull();
    assertThat(batch.id(90)).isNull();
  }

  @Test
  void rows_areNumberedWithinTheirInference() {
    batch.ensureRows(7);
    String[] ids = {"a", "a", "b", "a", null, null, "a"};
    for (int row = 0; row < ids.length; row++) {
      if (ids[row] != null) {
        batch.setId(row, ids[row]);
      }
    }

    assertThat(IntStream.range(0, 7).map(batch::rowOfId)).containsExactly(0, 1, 0, 0, 0, 1, 0);
    assertThat(IntStream.range(0, 7).filter(batch::continuesInference)).containsExactly(1, 5);
  }

  @Test
  void capacity_countsColumnsThatAreNoLongerNamed_andTexts() {
    assertThat(batch.capacity()).isZero();

    for (String name : new String[] {"a", "b"}) {
      batch.reset(ModelKey.of("m"), BatchKind.REQUEST, Instant.EPOCH);
      Objects.requireNonNull(batch.column(Role.INPUT, name)).setNumber(999, 1);
    }

    assertThat(batch.capacity()).isEqualTo(2000);
    Objects.requireNonNull(batch.column(Role.INPUT, "b")).setText(0, "x".repeat(8_000));
    assertThat(batch.capacity()).isEqualTo(3000);
  }
}
