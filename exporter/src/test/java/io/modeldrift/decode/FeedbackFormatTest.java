package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.Feedback;
import io.modeldrift.inference.Feedback.Kind;
import io.modeldrift.inference.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackFormatTest {

  private final Decoding door = Decoding.feedbackDoor();

  @Test
  void everyKind_isUnderstood() {
    Decoded decoded =
        door.decode(
            """
            {"model":"credit","thumbs":"up"}
            {"model":"credit","version":"3","thumbs":"down","inference_id":"a1","row":2}
            {"model":"credit","rating":4}
            {"model":"credit","id":"a2","correction":"approved"}
            """);

    assertThat(((Decoded.Opinions) decoded).feedback())
        .containsExactly(
            new Feedback("credit", "", "", 0, Kind.THUMBS_UP, null),
            new Feedback("credit", "3", "a1", 2, Kind.THUMBS_DOWN, null),
            new Feedback("credit", "", "", 0, Kind.RATING_4, null),
            new Feedback("credit", "", "a2", 0, Kind.CORRECTION, new Value.Named("approved")));
    assertThat(((Decoded.Opinions) decoded).places()).containsExactly("/0", "/1", "/2", "/3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"thumbs\":\"up\"} | missing_field | ''",
        "[{\"model\":\"m\"}] | missing_field | /0",
        "{\"model\":\"m\",\"thumbs\":\"up\",\"rating\":3} | ambiguous | ''",
        "{\"model\":\"m\",\"thumbs\":\"sideways\"} | bad_shape | /thumbs",
        "{\"model\":\"m\",\"rating\":6} | bad_shape | /rating",
        "{\"model\":\"m\",\"rating\":2.5} | bad_shape | /rating",
        "{\"model\":\"m\",\"correction\":null,\"stars\":1} | bad_shape | /stars",
        "{\"model\":\"m\",\"rating\":1,\"row\":-1} | bad_shape | /row",
        "[1] | bad_shape | /0",
        "{\"model\":\"m\",\"rating\":1 | truncated | ''",
      })
  void unusableRecord_rejectsThePayload_namingThePlace(String body, String reason, String place) {
    Decoded decoded = door.decode(body);

    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    Decoded.Rejected rejected = (Decoded.Rejected) decoded;
    assertThat(rejected.protocol()).isEqualTo(Protocol.FEEDBACK);
    assertThat(rejected.reason().label()).isEqualTo(reason);
    assertThat(rejected.pointer()).isEqualTo(place);
  }
}
