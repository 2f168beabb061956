package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcFormatTest {

  private static final byte[] CONTENTS =
      Hex.bytes(
          "0a 04 69 72 69 73 12 01 31 1a 02 34 32 2a 27 0a 07 69 6e 70 75 74 2d 30 12 04 46 50 33"
              + " 32 1a 02 01 04 2a 12 32 10 9a 99 d9 40 33 33 33 40 9a 99 99 40 33 33 b3 3f");
  private static final byte[] RAW =
      Hex.bytes(
          "0a 04 69 72 69 73 1a 02 34 32 2a 13 0a 07 69 6e 70 75 74 2d 30 12 04 46 50 33 32 1a 02"
              + " 01 04 3a 10 9a 99 d9 40 33 33 33 40 9a 99 99 40 33 33 b3 3f");
  private static final byte[] RESPONSE =
      Hex.bytes(
          "0a 04 69 72 69 73 12 01 31 1a 02 34 32 2a 14 0a 08 6f 75 74 70 75 74 2d 30 12 05 49 4e"
              + " 54 36 34 1a 01 01 32 08 01 00 00 00 00 00 00 00");
  private static final String ROW =
      "[{feature_0=%s, feature_1=%s, feature_2=%s, feature_3=%s}]"
          .formatted((double) 6.8f, (double) 2.8f, (double) 4.8f, (double) 1.4f);

  private final Decoding decoding =
      Decoding.mirror("/inference.GRPCInferenceService/ModelInfer")
          .header("Content-Type", "application/grpc");
  private final Decoding stream =
      Decoding.mirror("/inference.GRPCInferenceService/ModelStreamInfer")
          .header("Content-Type", "application/grpc");

  @Test
  void typedContents_areRead() {
    InferenceBatch batch = decoding.batch(CONTENTS);

    assertThat(batch.model()).isEqualTo(new ModelKey("iris", "1"));
    assertThat(batch.id(0)).isEqualTo("42");
    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo(ROW);
  }

  @Test
  void rawContents_areReadBareAndFramed() {
    assertThat(decoding.rows(RAW).toString()).isEqualTo(ROW);
    InferenceBatch framed = decoding.batch(framed(RAW));
    assertThat(Decoding.rowsOf(framed).toString()).isEqualTo(ROW);
    assertThat(framed.model()).isEqualTo(ModelKey.of("iris"));
  }

  @Test
  void severalFrames_areSeveralMessages() {
    assertThat(decoding.rows(Hex.join(framed(RAW), framed(RAW)))).hasSize(2);
  }

  @Test
  void unpackedValues_areRead() {
    byte[] message =
        Hex.bytes("2a 15 0a 01 78 12 05 49 4e 54 33 32 18 02 18 01 2a 05 10 07 10 ac 02");

    assertThat(decoding.rows(message).toString()).isEqualTo("[{x=7.0}, {x=300.0}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10 07 42 01 41", "42 01 41 10 07", "08 01 10 ac 02"})
  void values_ofTwoTypesInOneTensor_areRejected(String contents) {
    byte[] message = Hex.bytes("2a 15 0a 01 78 12 05 49 4e 54 33 32 18 02 18 01 2a 05 " + contents);

    assertThat(
            decoding.rows(
                Hex.bytes("2a 13 0a 01 78 12 05 42 59 54 45 53 18 01 18 01 2a 03 42 01 41")))
        .hasToString("[{x=A}]");
    assertThat(Decoding.verdict(decoding.decode(message))).isEqualTo("v2_grpc bad_shape");
  }

  @Test
  void response_isRecognised() {
    InferenceBatch batch = decoding.batch(RESPONSE);

    assertThat(batch.kind()).isEqualTo(BatchKind.RESPONSE);
    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo("[{output-0=1.0}]");
  }

  @Test
  void everyPrefix_isRejectedOrReadWithoutFailure() {
    for (int length = 0; length < CONTENTS.length; length++) {
      assertThat(Decoding.verdict(decoding.decode(Arrays.copyOf(CONTENTS, length))))
          .doesNotContain("internal");
      assertThat(Decoding.verdict(decoding.decode(Arrays.copyOf(framed(RAW), length))))
          .isIn("v2_grpc truncated", "v2_grpc ignored empty");
    }
  }

  @Test
  void rawContents_thatDoNotFit_areRejected() {
    byte[] tooMany = Hex.join(RAW, Hex.bytes("3a 04 00 00 00 00"));
    byte[] wrongSize = RAW.clone();
    wrongSize[30] = 5; // shape [1,5]

    assertThat(Decoding.verdict(decoding.decode(tooMany))).isEqualTo("v2_grpc bad_length");
    assertThat(Decoding.verdict(decoding.decode(wrongSize))).isEqualTo("v2_grpc bad_length");
    assertThat(Decoding.verdict(decoding.decode(Hex.bytes("ff ff ff"))))
        .isEqualTo("v2_grpc bad_protobuf");
  }

  @Test
  void emptyMessage_isIgnored() {
    assertThat(Decoding.verdict(decoding.decode(new byte[0]))).isEqualTo("v2_grpc ignored empty");
  }

  @Test
  void streamOfRequests_isDecodedFrameByFrame() {
    InferenceBatch batch = stream.batch(Hex.join(framed(CONTENTS), framed(CONTENTS)));

    assertThat(batch.kind()).isEqualTo(BatchKind.REQUEST);
    String row = ROW.substring(1, ROW.length() - 1);
    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo("[" + row + ", " + row + "]");
    assertThat(stream.rows(RAW).toString()).isEqualTo(ROW);
  }

  @Test
  void streamOfAnswers_isDecodedFrameByFrame() {
    byte[] answer = framed(answer(RESPONSE));

    InferenceBatch batch = stream.batch(Hex.join(answer, answer));

    assertThat(batch.model()).isEqualTo(new ModelKey("iris", "1"));
    assertThat(batch.kind()).isEqualTo(BatchKind.RESPONSE);
    assertThat(batch.id(0)).isEqualTo("42");
    assertThat(Decoding.rowsOf(batch).toString()).isEqualTo("[{output-0=1.0}, {output-0=1.0}]");
    assertThat(stream.rows(answer(RESPONSE)).toString()).isEqualTo("[{output-0=1.0}]");
  }

  @Test
  void streamAnswer_withAnError_isIgnoredAndTheOthersStay() {
    byte[] error = framed(Hex.bytes("0a 04 6f 6f 70 73 12 04 1a 02 34 32"));

    assertThat(Decoding.verdict(stream.decode(error))).isEqualTo("v2_grpc ignored error_response");
    assertThat(stream.rows(Hex.join(error, framed(answer(RESPONSE)))).toString())
        .isEqualTo("[{output-0=1.0}]");
  }

  @Test
  void streamAnswer_cutOffOrBroken_isRejected() {
    byte[] whole = framed(answer(RESPONSE));
    for (int length = 1; length < whole.length; length++) {
      assertThat(Decoding.verdict(stream.decode(Arrays.copyOf(whole, length))))
          .isEqualTo("v2_grpc truncated");
    }
    assertThat(Decoding.verdict(stream.decode(framed(answer(Hex.bytes("ff ff ff"))))))
        .isEqualTo("v2_grpc bad_protobuf");
    assertThat(Decoding.verdict(stream.decode(framed(answer(new byte[0])))))
        .isEqualTo("v2_grpc ignored empty");
  }

  /** A ModelStreamInferResponse around a ModelInferResponse. */
  private static byte[] answer(byte[] response) {
    return Hex.join(new byte[] {0x12, (byte) response.length}, response);
  }

  private static byte[] framed(byte[] message) {
    return Hex.join(new byte[] {0, 0, 0, 0, (byte) message.length}, message);
  }
}
