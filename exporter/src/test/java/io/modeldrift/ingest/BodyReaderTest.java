package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ingest.BodyCollector.Body;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

  private static final int CAP = 20_000;
  private final BodyReader reader =
      new BodyReader(
          new IngestSettings(3 * CAP, 10, CAP, 1, Duration.ofSeconds(5), Duration.ofSeconds(10), 1),
          () -> 0,
          body -> true);

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 16_384, CAP - 1, CAP})
  void bodyUpToTheCap_isReadWhole(int length) {
    byte[] body = bytes(length);

    for (long announced : new long[] {length, -1}) {
      Body read = reader.read(new ByteArrayInputStream(body), announced);
      assertThat(((Body.Complete) read).bytes()).isEqualTo(body);
    }
  }

  @Test
  void bodyAboveTheCap_isDrained() {
    for (long announced : new long[] {CAP + 1, -1}) {
      Body read = reader.read(new ByteArrayInputStream(bytes(CAP + 1)), announced);
      assertThat(read).isEqualTo(new Body.TooLarge(CAP + 1, true));
    }
  }

  @Test
  void endlessBody_isGivenUp() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    Body.TooLarge read = (Body.TooLarge) reader.read(endless, -1);

    assertThat(read.drained()).isFalse();
    assertThat(read.bytes()).isBetween((long) CAP, 10L * CAP);
  }

  @Test
  void bodyShorterThanAnnounced_isLost() {
    assertThat(reader.read(new ByteArrayInputStream(bytes(10)), 11)).isEqualTo(new Body.Lost());
  }

  @Test
  void bodiesThatArriveAtOnce_shareABudget() {
    ReadBudget budget = new ReadBudget(3 * CAP, body -> true);
    byte[] chunk = bytes(CAP);
    BodyCollector[] bodies = new BodyCollector[4];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = new BodyCollector(CAP, CAP, budget);
      assertThat(bodies[i].add(chunk, CAP)).isTrue();
    }

    assertThat(bodies[2].end()).isInstanceOf(Body.Complete.class);
    assertThat(bodies[3].end()).isEqualTo(new Body.NoRoom(true));
    assertThat(budget.taken()).isEqualTo(3 * CAP);
    for (BodyCollector body : bodies) {
      body.release();
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void largeBodyThatFindsNoRoomAfterwards_takesNoMemory() {
    ReadBudget budget = new ReadBudget(3 * CAP, body -> body <= CAP / 2);
    BodyCollector announced = new BodyCollector(CAP, CAP, budget);
    BodyCollector chunked = new BodyCollector(CAP, -1, budget);
    BodyCollector small = new BodyCollector(CAP, -1, new ReadBudget(CAP, body -> false));

    announced.add(bytes(10), 10);
    assertThat(budget.taken()).isZero();
    announced.add(bytes(CAP - 10), CAP - 10);
    chunked.add(bytes(CAP), CAP);
    small.add(bytes(8_192), 8_192);

    assertThat(announced.end()).isEqualTo(new Body.NoRoom(true));
    assertThat(chunked.end()).isEqualTo(new Body.NoRoom(true));
    assertThat(small.end()).isInstanceOf(Body.Complete.class);
  }

  @Test
  void announcedBody_takesMemoryOnlyAsItArrives() {
    ReadBudget budget = new ReadBudget(3 * CAP, body -> true);
    BodyCollector body = new BodyCollector(CAP, CAP, budget);
    body.add(bytes(10), 10);

    assertThat(budget.taken()).isLessThan(CAP / 2);
  }
}
