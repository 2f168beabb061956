package io.modeldrift.config;

import static io.modeldrift.baseline.DerivedKind.LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.baseline.BaselineWriter;
import io.modeldrift.baseline.ColumnSettings;
import io.modeldrift.decode.DecodeSettings;
import io.modeldrift.evaluate.DriftSettings;
import io.modeldrift.evaluate.EvaluationSettings;
import io.modeldrift.evaluate.Tolerances;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.ingest.IngestSettings;
import io.modeldrift.observe.ColumnRules;
import io.modeldrift.observe.ObserveSettings;
import io.modeldrift.observe.Window;
import io.modeldrift.statistics.Measure;
import io.modeldrift.truth.ModelTruthSettings.Crossing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

  @TempDir private Path directory;

  private ExporterSettings load(String yaml) throws ConfigException, IOException {
    return load(yaml, Overrides.none());
  }

  private ExporterSettings load(String yaml, Overrides overrides)
      throws ConfigException, IOException {
    return ConfigLoader.load(
        Optional.of(Files.writeString(directory.resolve("exporter.yaml"), yaml)), overrides);
  }

  @Test
  void noFile_givesTheDefaultsOfEveryPart() throws ConfigException {
    ExporterSettings settings = ConfigLoader.load(Optional.empty(), Overrides.none());

    assertThat(settings.access().listen()).isEqualTo(new ListenAddress("", 10193));
    assertThat(settings.ingest()).isEqualTo(IngestSettings.defaults());
    assertThat(settings.decode()).isEqualTo(DecodeSettings.defaults());
    assertThat(settings.observe().windows()).isEqualTo(ObserveSettings.defaults().windows());
    assertThat(settings.observe().learningRows()).isEqualTo(5_000);
    assertThat(settings.evaluation()).isEqualTo(EvaluationSettings.withDefaults());
    assertThat(settings.expected()).isEmpty();
  }

  @Test
  void emptyFile_givesTheDefaults() throws ConfigException, IOException {
    assertThat(load("").evaluation()).isEqualTo(EvaluationSettings.withDefaults());
    assertThat(load("# nothing yet\n").ingest()).isEqualTo(IngestSettings.defaults());
  }

  @Test
  void everySection_takesEffect() throws ConfigException, IOException {
    ExporterSettings settings =
        load(
            """
            listen: 127.0.0.1:9000
            windows: [10m, {span: 2h, panes: 8}]
            ingest: {queue_size: 8MiB, body_size: 512KiB, observer_threads: 2, read_timeout: 3s}
            decode: {rows: 10, default_model: iris}
            learning: {rows: 1000}
            limits: {models: 3}
            baseline: {bins: 8, categories: 20, category_min_rows: 2, chunks: 0}
            evaluation: {interval: 15s}
            drift:
              tolerance: {warning: 0.05, drifted: 0.2}
              confidence: 0.999
              correction: bonferroni
              votes: {raise: 2, of: 4, clear: 0}
              min_rows: 50
              measures: {numeric: [psi, ks], categorical: [psi], verdict: js_distance}
            """);

    assertThat(settings.access().listen()).isEqualTo(new ListenAddress("127.0.0.1", 9000));
    assertThat(settings.observe().windows())
        .containsExactly(
            new Window("10m", Duration.ofMinutes(10), 12),
            new Window("2h", Duration.ofHours(2), 8));
    assertThat(settings.ingest().queueBytes()).isEqualTo(8 << 20);
    assertThat(settings.ingest().bodyBytes()).isEqualTo(512 << 10);
    assertThat(settings.ingest().observerThreads()).isEqualTo(2);
    assertThat(settings.ingest().readTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.decode().maxRows()).isEqualTo(10);
    assertThat(settings.decode().defaultModel()).isEqualTo(ModelKey.of("iris"));
    assertThat(settings.observe().learningRows()).isEqualTo(1000);
    assertThat(settings.observe().maxModels()).isEqualTo(3);
    BaselineSettings learning = settings.observe().models().apply(ModelKey.of("any")).learning();
    assertThat(learning.bins()).isEqualTo(8);
    assertThat(learning.top()).isEqualTo(20);
    assertThat(learning.chunks()).isZero();
    assertThat(settings.evaluation().interval()).isEqualTo(Duration.ofSeconds(15));
    DriftSettings drift = settings.evaluation().defaults();
    assertThat(drift.rule().tolerances()).isEqualTo(new Tolerances(0.05, 0.2));
    assertThat(drift.measures().numeric()).containsExactly(Measure.PSI, Measure.KS);
    assertThat(drift.measures().verdict()).isEqualTo(Measure.JS_DISTANCE);
    assertThat(drift.rule().minimumRows()).isEqualTo(50);
  }

  @Test
  void model_overridesTheDefaultsForItsOwnColumns() throws ConfigException, IOException {
    ExporterSettings settings =
        load(
            """
            models:
              - name: credit
                features: [age, income]
                columns:
                  age: {type: numeric, range: [0, 120], integer: true, importance: 0.5}
                  zip: {type: categorical, allowed: [A, B], tolerance: {warning: 0.1, drifted: 0.3}}
                drift: {tolerance: {preset: classic}}
              - name: credit
                version: "2"
            """);

    ObserveSettings.Model credit = settings.observe().models().apply(ModelKey.of("credit"));
    assertThat(credit.rules())
        .containsEntry("age", new ColumnRules(true, true, 0, 120, List.of(), Integer.MAX_VALUE));
    assertThat(Objects.requireNonNull(credit.rules().get("zip")).allowed())
        .containsExactly("A", "B");
    assertThat(settings.observe().models().apply(new ModelKey("credit", "2")).rules()).isEmpty();
    assertThat(settings.observe().models().apply(new ModelKey("credit", "7")).rules()).hasSize(2);
    DriftSettings drift = settings.evaluation().drift(ModelKey.of("credit"));
    assertThat(drift.rule().tolerances()).isEqualTo(Tolerances.classic());
    assertThat(drift.columns()).containsKeys("age", "zip");
    assertThat(settings.evaluation().drift(new ModelKey("credit", "2")).rule().tolerances())
        .isEqualTo(Tolerances.withDefaults());
  }

  @Test
  void sensitiveColumns_canBeCrossed() throws ConfigException, IOException {
    ExporterSettings settings =
        load(
            """
            models:
              - name: credit
                crossed: ["gender & age"]
                columns:
                  age: {sensitive: true}
                  gender: {sensitive: true, reference: m}
            """);

    assertThat(settings.truth().models().apply(ModelKey.of("credit")).crossings())
        .containsExactly(new Crossing(List.of("gender", "age")));
  }

  /** Writes a baseline of the model credit with the only input age. */
  private Baseline writeBaseline(BaselineSettings making) throws IOException {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(ModelKey.of("credit"), BatchKind.REQUEST, Instant.EPOCH);
    Objects.requireNonNull(batch.column(Role.INPUT, "age")).setNumber(batch.addRow(), 35);
    BaselineBuilder builder = new BaselineBuilder(making);
    builder.add(batch);
    Baseline baseline = builder.build(ModelKey.of("credit"), Instant.EPOCH, "test");
    BaselineWriter.write(baseline, directory.resolve("credit.json"));
    return baseline;
  }

  @Test
  void baselineOfAModel_isReadBesideTheFile_andExpected() throws ConfigException, IOException {
    Baseline baseline = writeBaseline(BaselineSettings.withDefaults());

    ExporterSettings settings = load("models: [{name: credit, baseline: credit.json}]");

    assertThat(settings.expected()).containsExactly(ModelKey.of("credit"));
    Baseline read =
        Objects.requireNonNull(settings.observe().models().apply(ModelKey.of("credit")).baseline());
    assertThat(read.id()).isEqualTo(baseline.id());
    assertThat(settings.advice()).isEmpty();
  }

  @Test
  void baselineWithoutConfiguredDerivedColumns_isAdvisedOnOnce()
      throws ConfigException, IOException {
    String yaml =
        "models: [{name: credit, baseline: credit.json, reconstruction_error: true,"
            + " columns: {age: {derive: [tokens, length]}}}]";
    writeBaseline(BaselineSettings.withDefaults());

    assertThat(load(yaml).advice())
        .containsExactly(
            "model credit: its baseline lacks the configured age_length, age_tokens,"
                + " reconstruction_error, so that nothing is compared there; build the baseline"
                + " with --derive age=length:tokens --reconstruction-error, or configure nothing"
                + " to derive");
  }

  @Test
  void baselineWithConfiguredDerivedColumns_needsNoAdvice() throws ConfigException, IOException {
    writeBaseline(
        BaselineSettings.withDefaults()
            .withColumn("age", ColumnSettings.withDefaults().withDerive(List.of(LENGTH))));

    assertThat(
            load("models: [{name: credit, baseline: credit.json, columns: {age: {derive: [length]}}}]")
                .advice())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windoes: [5m]                            | windoes: unknown key; did you mean windows?
          ingest: {queue: 1}                       | ingest.queue: unknown key; allowed here: body_size, drain_timeout, listen, observer_threads, queue_entries, queue_size, read_timeout, sample, web
          windows: 5m                              | windows: must be a list, found "5m"
          windows: [5x]                            | windows: must be a duration such as 5m, 1h or 1d, found "5x"
          windows: [1s]                            | windows: a window must span at least 2s, found 1s
          windows: [1h, 60m]                       | windows: two windows have the same span
          windows: [{span: 7s, panes: 3}]          | windows[0].span: window 7s: PT7S cannot be cut into 3 panes of whole milliseconds and at least 1s
          listen: here                             | listen: must be [host]:port, found "here"
          learning: {rows: many}                   | learning.rows: must be an integer, 100 to 1000000, found "many"
          learning: 5                              | learning: must be a mapping of keys, found "5"
          evaluation: {interval: 1s}               | evaluation: evaluation interval PT1S is shorter than PT5S
          drift: {confidence: 1}                   | drift.confidence: must be a number in [0.9, 0.9999], found "1"
          drift: {tolerance: {warning: 0.5}}       | drift.tolerance: tolerances must satisfy 0 < warning < drifted <= 1, were warning 0.5, drifted 0.1
          drift: {measures: {categorical: [ks]}}   | drift.measures.categorical: "ks" must be one of psi, kl, js_divergence, js_distance, hellinger, total_variation, l_infinity, chi_square, cramers_v
          ingest: {body_size: 2GiB}                | ingest.body_size: must be a size such as 512KiB or 1MiB, at most 1GiB, found "2GiB"
          ingest: {queue_size: 1MiB}               | ingest: queueBytes 1048576 cannot hold two bodies of 1048576
          models: [{version: 1}]                   | models[0].name: is required
          models: [{name: a}, {name: a}]           | models[1].name: model a is configured twice
          models: [{name: a, columns: {x: {type: real}}}]     | models[0].columns.x.type: must be one of categorical, numeric, found "real"
          models: [{name: a, columns: {x: {range: [3]}}}]     | models[0].columns.x.range: must be two numbers, the smallest and the largest allowed
          models: [{name: a, columns: {x: {range: [3, 1]}}}]  | models[0].columns.x: range [3.0, 1.0] is empty
          models: [{name: a, columns: {x: {rang: [3, 1]}}}]   | models[0].columns.x.rang: unknown key; did you mean range?
          models: [{name: a, version: 1, features: [x]}, {name: a, version: 2, features: [y]}] | models: two entries of model a say differently how to read it; features, outputs, bare_features, rank1, csv_header, tensor_columns and raw_input hold for all its versions
          models: [{name: a, crossed: [x]}]                   | models[0].crossed: "x" must name columns with & between them
          models: [{name: a, crossed: [x & y]}]               | models[0].crossed: "x & y" may only name columns with sensitive: true
          """)
  void mistake_isNamedWithItsPlaceAndWhatIsAllowed(String yaml, String problem) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOfSatisfying(
            ConfigException.class, e -> assertThat(e.problems()).containsExactly(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          storage: {path: P}                       | storage.path
          ground_truth: {path: P}                  | ground_truth.path
          reviews: {path: P}                       | reviews.path
          web: {config: {file: P}}                 | web.config.file
          access: {api_token_files: [P]}           | access.api_token_files
          models: [{name: a, baseline: P}]         | models[0].baseline
          """)
  void pathThatIsNone_isNamedWithItsPlace(String yaml, String place) {
    assertThatThrownBy(() -> load(yaml.replace("P", "\"a\\0b\"")))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e -> assertThat(e.problems()).singleElement().asString().startsWith(place + ": "));
  }

  @Test
  void allMistakes_areToldAtOnce() {
    assertThatThrownBy(() -> load("learning: {rows: 1}\nfoo: 1\ndrift: {min_rows: x}\n"))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void missingBaseline_namesTheKeyAndTheFile() {
    assertThatThrownBy(() -> load("models: [{name: a, baseline: nowhere.json}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("models[0].baseline: ")
        .hasMessageContaining("nowhere.json");
  }

  @Test
  void brokenBaseline_namesTheKeyAndTheFile() throws IOException {
    Files.writeString(directory.resolve("broken.json"), "{\"schema\": ");

    assertThatThrownBy(() -> load("models: [{name: a, baseline: broken.json}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("models[0].baseline: ")
        .hasMessageContaining("broken.json");
  }

  @Test
  void notYaml_namesTheLine() {
    assertThatThrownBy(() -> load("windows: [5m\nlearning: {}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("exporter.yaml:")
        .hasMessageContaining("not YAML");
  }

  @Test
  void keyTwice_isRefused() {
    assertThatThrownBy(() -> load("limits: {models: 1}\nlimits: {models: 2}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("limits");
  }

  @Test
  void missingFile_isNamed() {
    assertThatThrownBy(
            () -> ConfigLoader.load(Optional.of(directory.resolve("no.yaml")), Overrides.none()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no.yaml: no such file");
  }

  @Test
  void flag_winsOverEnvironment_whichWinsOverTheFile() throws ConfigException, IOException {
    String yaml = "learning: {rows: 200}\nlimits: {models: 4}\ndecode: {rows: 7}\n";
    Map<String, String> environment =
        Map.of(
            "MODEL_DRIFT_LEARNING_ROWS", "300",
            "MODEL_DRIFT_LIMITS_MODELS", "5",
            "HOME", "/root");
    Overrides overrides = new Overrides(Map.of("learning.rows", "400"), environment);

    ExporterSettings settings = load(yaml, overrides);

    assertThat(settings.observe().learningRows()).isEqualTo(400);
    assertThat(settings.observe().maxModels()).isEqualTo(5);
    assertThat(settings.decode().maxRows()).isEqualTo(7);
  }

  @Test
  void windowsFromTheEnvironment_areSeparatedByCommas() throws ConfigException, IOException {
    Overrides overrides = new Overrides(Map.of(), Map.of("MODEL_DRIFT_WINDOWS", "30s, 5m"));

    assertThat(load("", overrides).observe().windows())
        .extracting(Window::name)
        .containsExactly("30s", "5m");
  }

  @Test
  void unknownFlagOrVariable_isRefused() {
    Overrides overrides =
        new Overrides(Map.of("learning.row", "1"), Map.of("MODEL_DRIFT_LERNING_ROWS", "1"));

    assertThatThrownBy(() -> load("", overrides))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "--set learning.row: unknown key",
                        "environment variable MODEL_DRIFT_LERNING_ROWS: unknown key"));
  }

  @Test
  void variablesThatKubernetesAddsForServices_areNotTakenForKeys()
      throws ConfigException, IOException {
    Map<String, String> environment =
        Map.of(
            "MODEL_DRIFT_EXPORTER_SERVICE_HOST", "10.0.0.1",
            "MODEL_DRIFT_EXPORTER_SERVICE_PORT", "10193",
            "MODEL_DRIFT_EXPORTER_SERVICE_PORT_HTTP_DRIFT", "10193",
            "MODEL_DRIFT_EXPORTER_PORT", "tcp://10.0.0.1:10193",
            "MODEL_DRIFT_EXPORTER_PORT_10193_TCP", "tcp://10.0.0.1:10193",
            "MODEL_DRIFT_EXPORTER_PORT_10193_TCP_ADDR", "10.0.0.1",
            "MODEL_DRIFT_LEARNING_ROWS", "300");

    assertThat(load("", new Overrides(Map.of(), environment)).observe().learningRows())
        .isEqualTo(300);
  }
}
