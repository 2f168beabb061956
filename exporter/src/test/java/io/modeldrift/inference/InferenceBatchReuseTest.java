package io.modeldrift.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class InferenceBatchReuseTest {

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
}
