package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.decode.Decoders;
import io.modeldrift.decode.Payload;
import io.modeldrift.decode.Payload.Door;
import io.modeldrift.decode.PayloadHeaders;
import io.modeldrift.decode.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {

  private static final Payload ROW =
      new Payload(
          Door.MIRROR,
          "/v1/models/m:predict",
          PayloadHeaders.of(Map.of()),
          "{\"instances\": [[1]]}".getBytes(StandardCharsets.UTF_8),
          Instant.EPOCH);

  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();

  private static Intake.Sinks failingOnce(Throwable failure) {
    AtomicInteger calls = new AtomicInteger();
    return new Intake.Sinks(
        inferences -> calls.getAndIncrement() > 0 || IntakeTest.<RuntimeException>fail(failure),
        truths -> {
          throw new AssertionError("no outcome was sent");
        },
        opinions -> {
          throw new AssertionError("no feedback was sent");
        });
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> boolean fail(Throwable failure) throws T {
    throw (T) failure;
  }

  private Verdict next() throws InterruptedException {
    Verdict verdict = verdicts.poll(30, TimeUnit.SECONDS);
    assertThat(verdict).as("the observer lives").isNotNull();
    return verdict;
  }

  @ParameterizedTest
  @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, RuntimeException.class})
  void failure_costsOnePayload_andIsAccountedFor(Class<? extends Throwable> kind) throws Exception {
    Throwable failure = kind.getDeclaredConstructor().newInstance();
    try (Intake intake = new Intake(IngestSettings.defaults(), failingOnce(failure))) {
      AtomicInteger decoders = new AtomicInteger();
      intake.start(
          () -> {
            decoders.incrementAndGet();
            return Decoders.standard(DecodeSettings.defaults());
          });

      intake.submit(ROW, verdicts::add);
      assertThat(next().reason()).isEqualTo("internal");
      intake.submit(ROW, verdicts::add);
      assertThat(next().outcome()).isEqualTo(Outcome.OBSERVED);

      LedgerSnapshot books = intake.ledger();
      assertThat(books.received()).isEqualTo(2);
      assertThat(books.waiting()).isZero();
      assertThat(books.outcomes())
          .containsEntry(new LedgerKey(Outcome.OBSERVED, "", Protocol.V1), 1L);
    }
  }

  @Test
  void receiverOfAVerdict_thatFails_costsNothing() throws Exception {
    try (Intake intake =
        new Intake(IngestSettings.defaults(), failingOnce(new RuntimeException("the first")))) {
      intake.start(() -> Decoders.standard(DecodeSettings.defaults()));
      intake.submit(
          ROW,
          verdict -> {
            throw new StackOverflowError();
          });
      intake.submit(ROW, verdicts::add);

      assertThat(next().outcome()).isEqualTo(Outcome.OBSERVED);
    }
  }
}
