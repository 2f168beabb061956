package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.IgnoreReason;
import io.modeldrift.decode.Protocol;
import io.modeldrift.decode.RejectReason;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger();

  @Test
  void newLedger_hasEveryLineAtZero() {
    LedgerSnapshot books = ledger.snapshot();

    assertThat(books.received()).isZero();
    assertThat(books.outcomes().values()).isNotEmpty().containsOnly(0L);
    assertThat(books.outcomes())
        .containsKey(new LedgerKey(Outcome.OBSERVED, "", Protocol.V1))
        .containsKey(new LedgerKey(Outcome.DROPPED, "overload", Protocol.UNKNOWN))
        .containsKey(new LedgerKey(Outcome.REJECTED, "bad_json", Protocol.UNKNOWN));
  }

  @Test
  void protocol_thatCameOnce_hasAllItsReasonsAtZero() {
    LedgerKey line = new LedgerKey(Outcome.REJECTED, "bad_shape", Protocol.V2);
    assertThat(ledger.snapshot().outcomes()).doesNotContainKey(line);

    ledger.received();
    ledger.ended(Verdict.ignored(Protocol.V2, IgnoreReason.EMPTY));

    assertThat(ledger.snapshot().outcomes())
        .containsEntry(line, 0L)
        .containsEntry(new LedgerKey(Outcome.IGNORED, "empty", Protocol.V2), 1L)
        .doesNotContainKey(new LedgerKey(Outcome.REJECTED, "bad_shape", Protocol.SELDON));
  }

  @Test
  void restoredLines_goOn_whenTheirProtocolComesAgain() throws Exception {
    Verdict malformed = Verdict.ignored(Protocol.V1, IgnoreReason.EMPTY);
    Ledger before = new Ledger();
    before.received();
    before.ended(malformed);
    StateOutput saved = new StateOutput();
    before.save(saved);

    Ledger after = new Ledger();
    after.restore(new StateInput(saved.toBytes()));
    after.received();
    after.ended(malformed);

    LedgerKey line = new LedgerKey(Outcome.IGNORED, IgnoreReason.EMPTY.label(), Protocol.V1);
    assertThat(after.snapshot().outcomes()).containsEntry(line, 2L);
    assertThat(after.snapshot().received()).isEqualTo(2);
  }

  @Test
  void payload_waitsUntilItEnds() {
    ledger.received();
    ledger.received();
    ledger.ended(Verdict.rejected(RejectReason.BAD_JSON, "no JSON"));

    LedgerSnapshot books = ledger.snapshot();
    assertThat(books.received()).isEqualTo(2);
    assertThat(books.waiting()).isEqualTo(1);
    assertThat(books.count(Outcome.REJECTED)).isEqualTo(1);
  }

  @Test
  void concurrentPayloads_balanceInEverySnapshot() throws Exception {
    int threads = 4;
    int perThread = 5_000;
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    Callable<Void> sender =
        () -> {
          start.await();
          for (int i = 0; i < perThread; i++) {
            ledger.received();
            ledger.ended(Verdict.dropped(DropReason.OVERLOAD, "full"));
          }
          return null;
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Void>> senders = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        senders.add(pool.submit(sender));
      }
      start.await();
      LedgerSnapshot books;
      do {
        books = ledger.snapshot();
        assertThat(books.waiting() + books.count(Outcome.DROPPED)).isEqualTo(books.received());
      } while (books.received() < (long) threads * perThread);
      for (Future<Void> done : senders) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(ledger.snapshot().count(Outcome.DROPPED)).isEqualTo((long) threads * perThread);
  }
}
