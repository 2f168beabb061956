package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PayloadQueueTest {

  private static Submission submission(int bytes) {
    return new Submission(
        new Payload(
            Payload.Door.MIRROR, "/", PayloadHeaders.none(), new byte[bytes], Instant.EPOCH),
        verdict -> {});
  }

  @Test
  void offer_beyondTheBytes_isRefused() throws InterruptedException {
    PayloadQueue queue = new PayloadQueue(10_000, 100);

    assertThat(queue.offer(submission(4_000))).isTrue();
    assertThat(queue.offer(submission(4_000))).isTrue();
    assertThat(queue.offer(submission(4_000))).isFalse();

    assertThat(queue.take()).isPresent();
    assertThat(queue.offer(submission(4_000))).isTrue();
  }

  @Test
  void offer_beyondTheEntries_isRefused() {
    PayloadQueue queue = new PayloadQueue(1_000_000, 2);

    assertThat(queue.offer(submission(0))).isTrue();
    assertThat(queue.offer(submission(0))).isTrue();
    assertThat(queue.offer(submission(0))).isFalse();
  }

  @Test
  void emptyBodies_stillFillTheQueue() {
    PayloadQueue queue = new PayloadQueue(10_000, 1_000_000);

    int taken = 0;
    while (queue.offer(submission(0))) {
      taken++;
    }

    assertThat(taken).isBetween(1, 100);
    assertThat(queue.snapshot().bytes()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void take_returnsTheOldestFirst_andNothingOnceClosedAndDrained() throws InterruptedException {
    PayloadQueue queue = new PayloadQueue(1_000_000, 100);
    Submission first = submission(1);
    Submission second = submission(2);
    queue.offer(first);
    queue.offer(second);

    queue.close();

    assertThat(queue.offer(submission(3))).isFalse();
    assertThat(queue.take()).contains(first);
    assertThat(queue.take()).contains(second);
    assertThat(queue.take()).isEmpty();
    assertThat(queue.snapshot().bytes()).isZero();
  }
}
