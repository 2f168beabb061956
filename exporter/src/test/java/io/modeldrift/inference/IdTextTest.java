package io.modeldrift.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.inference.EventKey.Pairing;
import org.junit.jupiter.api.Test;

class IdTextTest {

  private static final String LONGEST = "a".repeat(IdText.MAX_CHARS);

  @Test
  void idWithinTheBound_staysAsItIs() {
    assertThat(IdText.bounded("")).isEmpty();
    assertThat(IdText.bounded(LONGEST)).isSameAs(LONGEST);
  }

  @Test
  void longerId_becomesItsHash_once() {
    String bounded = IdText.bounded("a".repeat(1_000_000));

    assertThat(bounded)
        .isEqualTo("sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assertThat(IdText.bounded(bounded)).isEqualTo(bounded);
    assertThat(IdText.bounded(LONGEST + "b")).isNotEqualTo(IdText.bounded(LONGEST + "c"));
  }

  @Test
  void scopeOfAnyLength_keepsItsKind() {
    Pairing pairing = new Pairing("ce " + "s".repeat(1_000), "1");

    assertThat(pairing.scope()).startsWith("ce sha256:").hasSizeLessThan(IdText.MAX_CHARS);
  }
}
