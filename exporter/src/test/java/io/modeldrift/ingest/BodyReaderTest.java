package io.modeldrift.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.ingest.BodyReader.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

  private static final int CAP = 20_000;
  private final BodyReader reader = new BodyReader(CAP);

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 16_384, CAP - 1, CAP})
  void bodyUpToTheCap_isReadWhole(int length) throws IOException {
    byte[] body = bytes(length);

    for (long announced : new long[] {length, -1}) {
      Body read = reader.read(new ByteArrayInputStream(body), announced);
      assertThat(((Body.Complete) read).bytes()).isEqualTo(body);
    }
  }

  @Test
  void bodyAboveTheCap_isDrained() throws IOException {
    for (long announced : new long[] {CAP + 1, -1}) {
      Body read = reader.read(new ByteArrayInputStream(bytes(CAP + 1)), announced);
      assertThat(read).isEqualTo(new Body.TooLarge(CAP + 1, true));
    }
  }

  @Test
  void endlessBody_isGivenUp() throws IOException {
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
  void bodyShorterThanAnnounced_isAnError() {
    assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(bytes(10)), 11))
        .isInstanceOf(IOException.class);
  }
}
