package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AttributionStoreTest {

  private static final ModelKey CREDIT = ModelKey.of("credit");
  private static final Window WINDOW = new Window("3s", Duration.ofSeconds(3), 3);

  private final ManualTime time = new ManualTime();
  private final AttributionStore store =
      new AttributionStore(
          new ObserveSettings(List.of(WINDOW), 100, 1, ObserveSettings.defaults().models()), time);

  @Test
  void attributions_addUpBySize_andAgeOutOfTheWindowOnly() {
    store.observe(batch(CREDIT, 0.5, -1.5));
    time.advance(Duration.ofSeconds(3));
    store.observe(batch(CREDIT, -4));

    AttributionSnapshot snapshot = store.snapshots().get(0);

    assertThat(snapshot.total().rows()).isEqualTo(3);
    assertThat(snapshot.total().mean("age")).isEqualTo(2);
    assertThat(snapshot.windows().get(0).sums().rows()).isEqualTo(1);
    assertThat(snapshot.windows().get(0).sums().mean("age")).isEqualTo(4);
    assertThat(snapshot.total().mean("height")).isZero();
  }

  @Test
  void attributionThatNoSumCanHold_isLeftOut() {
    store.observe(batch(CREDIT, 1.7e308, 2));
    store.observe(batch(CREDIT, -1.7e308));

    AttributionSums total = store.snapshots().get(0).total();
    assertThat(total.rows()).isEqualTo(1);
    assertThat(total.mean("age")).isEqualTo(2);
  }

  @Test
  void modelBeyondTheLimit_isRefused() {
    assertThat(store.observe(batch(CREDIT, 1))).isTrue();
    assertThat(store.observe(batch(ModelKey.of("fraud"), 1))).isFalse();
    assertThat(store.snapshots()).hasSize(1);
  }

  @Test
  void inputsBeyondTheLimit_areLeftOut() {
    for (int name = 0; name < 3; name++) {
      InferenceBatch batch = new InferenceBatch();
      batch.reset(CREDIT, BatchKind.EXPLANATION, time.instant());
      batch.addRow();
      for (int i = 0; i < InferenceBatch.MAX_COLUMNS; i++) {
        Objects.requireNonNull(batch.attribution(name + "-" + i)).setNumber(0, 1);
      }
      store.observe(batch);
    }

    assertThat(store.snapshots().get(0).total().sums()).hasSize(InferenceBatch.MAX_COLUMNS);
  }

  private InferenceBatch batch(ModelKey model, double... attributions) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(model, BatchKind.EXPLANATION, time.instant());
    for (double attribution : attributions) {
      int row = batch.addRow();
      Objects.requireNonNull(batch.attribution("age")).setNumber(row, attribution);
    }
    return batch;
  }
}
