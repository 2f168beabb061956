package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaneClockTest {

  private static final long SECOND = 1000;
  private static final Window THREE_SECONDS = new Window("3s", Duration.ofSeconds(3), 3);

  private final PaneClock clock = new PaneClock(List.of(THREE_SECONDS), 0);
  private final List<Integer> cleared = new ArrayList<>();

  private void advance(long millis) {
    clock.advance(millis, (window, pane) -> cleared.add(pane));
  }

  @Test
  void samePane_isNotBeyond() {
    assertThat(clock.isBeyond(SECOND - 1)).isFalse();
    assertThat(clock.isBeyond(SECOND)).isTrue();
  }

  @Test
  void nextPane_clearsOnlyTheOneItReuses() {
    advance(SECOND);

    assertThat(cleared).containsExactly(1);
    assertThat(clock.newest(0)).isEqualTo(1);
    assertThat(clock.indexes()).containsExactly(1);
  }

  @Test
  void skippedPanes_areClearedToo() {
    advance(2 * SECOND);

    assertThat(cleared).containsExactly(1, 2);
  }

  @Test
  void longSilence_clearsEachPaneOnce() {
    advance(1_000_000 * SECOND);

    assertThat(cleared).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void clockSetBack_clearsNothing() {
    advance(5 * SECOND);
    cleared.clear();

    advance(SECOND);

    assertThat(cleared).isEmpty();
    assertThat(clock.newest(0)).isEqualTo(5);
  }

  @Test
  void timeBeforeTheEpoch_countsDownwards() {
    PaneClock early = new PaneClock(List.of(THREE_SECONDS), -1);

    assertThat(early.newest(0)).isEqualTo(-1);
    assertThat(early.indexes()).containsExactly(2);
  }
}
