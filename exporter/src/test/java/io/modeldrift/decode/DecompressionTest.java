package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DecompressionTest {

  private static final String BODY = "{\"instances\": [7]}";

  private final Decoding decoding = Decoding.mirror("/v1/models/m:predict");

  @Test
  void gzip_isRecognisedWithAndWithoutItsHeader() throws IOException {
    assertThat(decoding.rows(gzip(BODY))).containsExactly(Map.of("feature_0", 7.0));
    decoding.header("Content-Encoding", "gzip");
    assertThat(decoding.rows(gzip(BODY))).containsExactly(Map.of("feature_0", 7.0));
  }

  @Test
  void gzipHeader_overAPlainBody_isNoError() {
    decoding.header("Content-Encoding", "gzip");

    assertThat(decoding.rows(BODY)).hasSize(1);
  }

  @Test
  void deflate_isReadWithAndWithoutZlibHeader() throws IOException {
    decoding.header("Content-Encoding", "deflate");

    assertThat(decoding.rows(deflate(BODY, false))).hasSize(1);
    assertThat(decoding.rows(deflate(BODY, true))).hasSize(1);
  }

  @Test
  void sizeThatNothingForetells_isReadAllTheSame() throws IOException {
    String rows = "[1],".repeat(5_000);
    String body = "{\"instances\": [" + rows;

    byte[] members = concatenated(gzip(body), gzip("[7]]}"));
    assertThat(decoding.rows(members)).hasSize(5_001).contains(Map.of("feature_0", 7.0));
    decoding.header("Content-Encoding", "deflate");
    assertThat(decoding.rows(deflate(body + "[7]]}", false))).hasSize(5_001);
  }

  @Test
  void shortBody_isRefusedNotReadBeyond() {
    byte[] magic = {0x1f, (byte) 0x8b, 8};

    assertThat(Decoding.verdict(decoding.decode(magic))).isEqualTo("unknown truncated");
  }

  @Test
  void plainBody_mayBeExactlyAsLargeAsTheCap() throws IOException {
    String body = "{\"instances\": [[" + "1,".repeat(600) + "1]]}";
    Decoding exact = Decoding.with(DecodeSettings.defaults().withMaxBytes(body.length()));
    Decoding less = Decoding.with(DecodeSettings.defaults().withMaxBytes(body.length() - 1));

    for (byte[] packed : List.of(gzip(body), concatenated(gzip(body), gzip("")))) {
      assertThat(Decoding.verdict(less.decode(packed))).isEqualTo("unknown too_large");
      assertThat(Decoding.verdict(exact.decode(packed))).isNotEqualTo("unknown too_large");
    }
  }

  @Test
  void bomb_isRefusedBySizeAfterDecompression() throws IOException {
    Decoding small = Decoding.with(DecodeSettings.defaults().withMaxBytes(1000));

    assertThat(Decoding.verdict(small.decode(gzip("x".repeat(1001)))))
        .isEqualTo("unknown too_large");
    assertThat(Decoding.verdict(small.decode("x".repeat(1001)))).isEqualTo("unknown too_large");
  }

  @Test
  void brokenGzip_isToldApartFromACutOne() throws IOException {
    byte[] whole = gzip(BODY.repeat(100));
    byte[] broken = whole.clone();
    Arrays.fill(broken, 12, 20, (byte) -1);

    assertThat(Decoding.verdict(decoding.decode(Arrays.copyOf(whole, whole.length - 10))))
        .isEqualTo("unknown truncated");
    assertThat(Decoding.verdict(decoding.decode(broken))).isEqualTo("unknown bad_compression");
  }

  @Test
  void unknownEncoding_isUnsupported() {
    decoding.header("Content-Encoding", "br");

    assertThat(decoding.rejection(BODY)).isEqualTo("unknown unsupported");
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(String text, boolean raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(6, raw))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
