package io.modeldrift.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTextTest {

  @TempDir private Path directory;
  private Certificates certificates;

  @BeforeEach
  void authority() throws Exception {
    certificates = new Certificates(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RSA   | genrsa -out key.pem 2048
          RSA   | genrsa -traditional -out key.pem 2048
          EC    | ecparam -name prime256v1 -genkey -out key.pem
          EC    | ecparam -name secp384r1 -genkey -noout -out key.pem
          EC    | genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out key.pem
          EdDSA | genpkey -algorithm ed25519 -out key.pem
          """)
  void key_isReadAndFitsItsCertificate(String algorithm, String command) throws Exception {
    certificates.openssl(command);
    certificates.openssl("req -x509 -key key.pem -days 2 -subj /CN=test -out cert.pem");

    PrivateKey key = PemText.key(read("key.pem"));

    assertThat(key.getAlgorithm()).isEqualTo(algorithm);
    KeyPairCheck.check(key, PemText.certificates(read("cert.pem"))[0].getPublicKey());
  }

  @Test
  void keyOfAnotherCertificate_isNoticed() throws Exception {
    certificates.sign("server");

    assertThatThrownBy(
            () ->
                KeyPairCheck.check(
                    PemText.key(read("server.key")),
                    PemText.certificates(read("ca.pem"))[0].getPublicKey()))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("does not belong to the certificate");
  }

  @Test
  void chain_isReadInOrder() throws Exception {
    certificates.sign("server");

    assertThat(PemText.certificates(read("server.pem") + read("ca.pem")))
        .extracting(c -> c.getSubjectX500Principal().getName())
        .containsExactly("CN=server", "CN=test-ca");
  }

  @Test
  void damagedText_isRefusedWithoutQuotingIt() {
    List<String> damaged =
        List.of(
            "",
            "secret",
            "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----\nMIGk\n-----END EC PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----\nMA==\n-----END EC PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END");
    for (String text : damaged) {
      assertThatThrownBy(() -> PemText.key(text))
          .as(text)
          .isInstanceOf(GeneralSecurityException.class)
          .message()
          .doesNotContain("c2VjcmV0")
          .doesNotContain("secret");
    }
    assertThatThrownBy(() -> PemText.certificates("nothing"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  private String read(String name) throws Exception {
    return Files.readString(directory.resolve(name));
  }
}
