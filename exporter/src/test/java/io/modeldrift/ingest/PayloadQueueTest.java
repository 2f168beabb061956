package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.Payload;
import io.modeldrift.decode.PayloadHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadQueueTest {

  private static Submission submission(int bytes) {
    return submission(bytes, false);
  }

  private static Submission submission(int bytes, boolean awaited) {
    return new Submission(
        new Payload(
            Payload.Door.MIRROR, "/", PayloadHeaders.none(), new byte[bytes], Instant.EPOCH),
        verdict -> {},
        awaited);
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void observerThatSleeps_takesWhateverComes(boolean awaited) throws Exception {
    PayloadQueue queue = new PayloadQueue(1_000_000, 100);
    FutureTask<Optional<Submission>> taking = new FutureTask<>(queue::take);
    Thread observer = new Thread(taking);
    observer.setDaemon(true);
    observer.start();
    while (observer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }

    Submission submission = submission(1, awaited);
    queue.offer(submission);

    assertThat(taking.get(30, TimeUnit.SECONDS)).contains(submission);
  }

  @Test
  void observersThatLingerAndSleep_takeEverythingOnce() throws Exception {
    PayloadQueue queue = new PayloadQueue(1_000_000, 1_000);
    List<FutureTask<Integer>> observers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FutureTask<Integer> observer = new FutureTask<>(() -> takeUntilClosed(queue));
      observers.add(observer);
      new Thread(observer).start();
    }

    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      accepted += queue.offer(submission(1, i % 100 == 0)) ? 1 : 0;
    }
    queue.close();

    int taken = 0;
    for (FutureTask<Integer> observer : observers) {
      taken += observer.get(30, TimeUnit.SECONDS);
    }
    assertThat(taken).isEqualTo(accepted);
  }

  private static int takeUntilClosed(PayloadQueue queue) throws InterruptedException {
    int taken = 0;
    while (queue.take().isPresent()) {
      taken++;
    }
    return taken;
  }
}
