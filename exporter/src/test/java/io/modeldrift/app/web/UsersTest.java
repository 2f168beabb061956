package io.modeldrift.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.modeldrift.app.web.Users.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsersTest {

  /** Of the documentation of Prometheus: user admin, password test; made by Go and htpasswd. */
  private static final String HASH_2B =
      "$2b$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay";

  private static String hash(String password) {
    return BCrypt.withDefaults().hashToString(4, password.toCharArray());
  }

  private final Users users = new Users(Map.of("ann", hash("correct horse"), "bob", hash("ü€😀")));

  @Test
  void passwords_openOnlyForTheirUser() {
    assertThat(users.check("ann", "correct horse")).isEqualTo(Answer.RIGHT);
    assertThat(users.check("bob", "ü€😀")).isEqualTo(Answer.RIGHT);
    assertThat(users.check("bob", "correct horse")).isEqualTo(Answer.WRONG);
    assertThat(users.check("ann", "")).isEqualTo(Answer.WRONG);
    assertThat(users.check("eve", "correct horse")).isEqualTo(Answer.WRONG);
    assertThat(users.check("", "")).isEqualTo(Answer.WRONG);
  }

  @Test
  void hashOfAnotherProgram_isUnderstood() {
    Users documented = new Users(Map.of("admin", HASH_2B));

    assertThat(documented.check("admin", "test")).isEqualTo(Answer.RIGHT);
    assertThat(documented.check("admin", "tesT")).isEqualTo(Answer.WRONG);
  }

  @Test
  void answers_staySameWhenAskedAgainOrAfterAFlood() {
    assertThat(users.check("ann", "correct horse")).isEqualTo(Answer.RIGHT);
    for (int i = 0; i < 300; i++) {
      assertThat(users.check("ann", "guess " + i)).isEqualTo(Answer.WRONG);
    }
    assertThat(users.check("ann", "correct horse")).isEqualTo(Answer.RIGHT);
    assertThat(users.check("ann", "guess 299")).isEqualTo(Answer.WRONG);
  }

  @Test
  void hugePassword_isRefusedAtOnce() {
    assertThat(users.check("ann", "x".repeat(1 << 20))).isEqualTo(Answer.WRONG);
  }

  @Test
  void longPassword_countsUpToItsSeventySecondByteAsInGo() {
    Users one = new Users(Map.of("ann", hash("x".repeat(71))));

    assertThat(one.check("ann", "x".repeat(71))).isEqualTo(Answer.RIGHT);
    assertThat(one.check("ann", "x".repeat(90))).isEqualTo(Answer.WRONG);
  }
}
