package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTextTest {

  private static final String LINE = "model_feature_values_total{bin=\"00\",feature=\"age\"} 1.0\n";

  @Test
  void piecesAndTextsCompressedBefore_becomeOneText() throws IOException {
    DeflatedText before = DeflatedText.of(out -> out.write(bytes(LINE.repeat(5_000) + "end\n")));
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GzipText out = new GzipText(gzip)) {
      out.write(before);
      out.write(bytes(LINE.repeat(10_000)));
      out.write(bytes("more"));
      out.write('!');
      out.write(before);
      out.write(before);
      out.write(bytes(LINE));
    }

    String five = LINE.repeat(5_000) + "end\n";
    String whole = five + LINE.repeat(10_000) + "more!" + five + five + LINE;
    assertThat(gunzip(gzip.toByteArray())).isEqualTo(whole);
    assertThat(firstMember(gzip.toByteArray())).isEqualTo(whole);
    assertThat(gzip.size()).isLessThan(whole.length() / 10);
  }

  @Test
  void nothing_isAnEmptyText() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    new GzipText(gzip).close();

    assertThat(gunzip(gzip.toByteArray())).isEmpty();
  }

  @Test
  void textThatFillsTheBufferExactly_isWhole() throws IOException {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; noise.length() < 100_000; i++) {
      noise.append(Integer.toString(i * 7919 ^ i << 13, 36));
    }
    for (int length = 32_600; length < 33_000; length++) {
      String text = noise.substring(0, length);
      ByteArrayOutputStream gzip = new ByteArrayOutputStream();
      try (GzipText out = new GzipText(gzip)) {
        out.write(DeflatedText.of(to -> to.write(bytes(text))));
        out.write(bytes(text));
      }
      assertThat(gunzip(gzip.toByteArray())).isEqualTo(text + text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 255, 4_096, 100_003})
  void joinedCrc_isThatOfBothTexts(int length) {
    String first = LINE.repeat(3);
    String second = LINE.repeat(2_000).substring(0, length);

    assertThat(JoinedCrc.of(crc(first), crc(second), length)).isEqualTo(crc(first + second));
    assertThat(JoinedCrc.of(0, crc(second), length)).isEqualTo(crc(second));
  }

  private static String gunzip(byte[] gzip) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** As a browser reads it, which looks at nothing behind the first member. */
  private static String firstMember(byte[] gzip) throws IOException {
    InputStream data = new ByteArrayInputStream(gzip, 10, gzip.length - 10);
    try (InputStream in = new InflaterInputStream(data, new Inflater(true))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(bytes(text));
    return (int) crc.getValue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
