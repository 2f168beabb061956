package io.modeldrift.fuzz;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineFormatException;
import io.modeldrift.baseline.BaselineReader;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.BaselineWriter;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.config.ConfigException;
import io.modeldrift.config.ConfigLoader;
import io.modeldrift.config.Overrides;
import io.modeldrift.config.WebConfigReader;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold for any file that a person or a disk hands the exporter: it is read, or refused
 * with a message.
 *
 * <p>The first byte of the input chooses the reader. Target of Jazzer ({@code make fuzz}) and of
 * {@link FileFuzzTest}.
 */
public final class FileFuzz {

  private static final Path FILE = temporaryFile();

  /** A reader of files. */
  private interface Reader {
    void read(byte[] content) throws IOException, ConfigException;
  }

  private static final List<Reader> READERS =
      List.of(FileFuzz::configuration, FileFuzz::webConfiguration, FileFuzz::baseline);

  private static final List<String> CONFIGURATIONS =
      List.of(
          """
          windows: [5m, {span: 1h, panes: 12}]
          learning: {rows: 500}
          """,
          """
          models:
            - name: m
              version: "3"
              features: [a, b]
              columns:
                a: {type: numeric, range: [0, 6000], edges: [1, 2.5, 1e3]}
                b: {type: categorical, importance: 0.2, allowed: [x, y]}
              drift:
                tolerance: {warning: 0.02, drifted: 0.1}
                measures: {numeric: [psi, ks]}
          """,
          """
          listen: 127.0.0.1:0
          ingest: {queue_size: 1MiB, read_timeout: 5s}
          drift: {past: {previous: true, season: 7d}, votes: {raise: 3, of: 5}}
          """);

  private static final List<String> WEB_CONFIGURATIONS =
      List.of(
          """
          basic_auth_users:
            alice: $2b$10$abcdefghijklmnopqrstuuKGTF0ciXOBBGZ1VX2ThSmHvFI5LHlS2
          """,
          """
          tls_server_config:
            cert_file: a.pem
            key_file: b.pem
            min_version: TLS12
            client_auth_type: RequireAndVerifyClientCert
            client_ca_file: c.pem
            cipher_suites: [TLS_AES_128_GCM_SHA256]
          http_server_config: {http2: false, headers: {X-Frame-Options: deny}}
          """);

  private FileFuzz() {}

  private static Path temporaryFile() {
    try {
      Path file = Files.createTempFile("fuzz", ".yaml");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one input; throws if it is neither read nor refused. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Reader reader = READERS.get((input[0] & 0xff) % READERS.size());
    try {
      reader.read(Arrays.copyOfRange(input, 1, input.length));
    } catch (BaselineFormatException | ConfigException refused) {
      if (Objects.toString(refused.getMessage(), "").isBlank()) {
        throw new IllegalStateException("refused without a word", refused);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void configuration(byte[] content) throws IOException, ConfigException {
    Files.write(FILE, content);
    ConfigLoader.load(Optional.of(FILE), Overrides.none());
  }

  private static void webConfiguration(byte[] content) throws IOException, ConfigException {
    Files.write(FILE, content);
    WebConfigReader.read(FILE, Set.of("TLS_AES_128_GCM_SHA256"));
  }

  /** What was read can be written and read again. */
  private static void baseline(byte[] content) throws IOException {
    Baseline read = BaselineReader.parse(content, "fuzz");
    String written = BaselineWriter.toJson(read);
    Baseline again = BaselineReader.parse(written.getBytes(StandardCharsets.UTF_8), "again");
    if (!again.id().equals(read.id())) {
      throw new IllegalStateException("a baseline changed by being written");
    }
  }

  /** Returns sound files of every kind, each behind the byte that says which reader it is for. */
  static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String yaml : CONFIGURATIONS) {
      seeds.add(Mutations.join(new byte[] {0}, yaml.getBytes(StandardCharsets.UTF_8)));
    }
    for (String yaml : WEB_CONFIGURATIONS) {
      seeds.add(Mutations.join(new byte[] {1}, yaml.getBytes(StandardCharsets.UTF_8)));
    }
    byte[] json = BaselineWriter.toJson(smallBaseline()).getBytes(StandardCharsets.UTF_8);
    seeds.add(Mutations.join(new byte[] {2}, json));
    return seeds;
  }

  private static Baseline smallBaseline() {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(ModelKey.of("m"), BatchKind.REQUEST, Instant.EPOCH);
    batch.ensureRows(300);
    Column number = Objects.requireNonNull(batch.column(Role.INPUT, "a"));
    Column text = Objects.requireNonNull(batch.column(Role.INPUT, "b"));
    for (int row = 0; row < 300; row++) {
      number.setNumber(row, row * row % 97 / 3.0);
      text.setText(row, row % 3 == 0 ? "x" : "y");
    }
    BaselineBuilder builder =
        new BaselineBuilder(BaselineSettings.withDefaults()).derive(new OutlierScore());
    builder.add(batch);
    return builder.build(ModelKey.of("m"), Instant.EPOCH, "fuzz");
  }

  /** Writes the seeds as files into a folder, where a coverage-guided fuzzer starts from. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int number = 0;
    for (byte[] seed : seeds()) {
      Files.write(folder.resolve("seed-" + number++), seed);
    }
  }
}
