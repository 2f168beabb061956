package io.modeldrift.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000;

  /** Clocks that only go forward may well be negative. */
  private final AtomicLong nanos = new AtomicLong(-5 * SECOND);

  private final RateLimit rate = new RateLimit(SECOND, 3, nanos::get);

  private long admittedOf(int requests) {
    return IntStream.range(0, requests).filter(i -> rate.admits()).count();
  }

  @Test
  void burst_isLetIn_andNoMore() {
    assertThat(admittedOf(10)).isEqualTo(3);
  }

  @Test
  void afterABurst_oneIsLetInPerInterval() {
    admittedOf(10);

    nanos.addAndGet(SECOND - 1);
    assertThat(admittedOf(10)).isZero();
    nanos.addAndGet(1);
    assertThat(admittedOf(10)).isEqualTo(1);
    nanos.addAndGet(2 * SECOND);
    assertThat(admittedOf(10)).isEqualTo(2);
  }

  @Test
  void longSilence_savesUpOneBurst() {
    admittedOf(10);

    nanos.addAndGet(3600 * SECOND);

    assertThat(admittedOf(10)).isEqualTo(3);
  }
}
