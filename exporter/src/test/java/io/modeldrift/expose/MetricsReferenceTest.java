package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares {@code docs/metrics.md} with a scrape in which every metric occurs. */
class MetricsReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| ([a-z]+) \\|[^|]*\\|([^|]*)\\|.*");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final FakeState state = new FakeState();
  private final Server server = new Server(state);

  /** What a row of the page and the lines of a scrape say about one metric. */
  private record Described(String type, Set<String> labels) {}

  @BeforeEach
  void everythingOccurs() {
    state.evaluate(Models.everything(), Models.learning());
    state.truths = Truths.everything();
    state.feedback = People.feedback();
    state.reviews = People.reviews();
    state.retraining = Models.advice();
    state.servers = Models.servers();
    state.info = Models.INFO;
    state.attributions = Models.attributions();
    state.versions = Versions.snapshots();
    state.versionReports = Versions.reports();
    state.models = Versions.withChallenger(state.models);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void page_saysWhatIsScraped() throws IOException {
    Map<String, Described> page = page();
    assertThat(page).hasSizeGreaterThan(40);

    assertThat(scrape(openMetrics("/metrics"))).isEqualTo(page);
  }

  @Test
  void baselinePath_hasWhatThePageSays() throws IOException {
    String section = Files.readString(PAGE).split("## Baselines and settings", 2)[1];
    Set<String> documented = rows(section.split("\n## ", 2)[0]).keySet();

    assertThat(scrape(openMetrics("/metrics/baseline")).keySet()).isEqualTo(documented);
  }

  @Test
  void page_isServedByTheExporter() throws IOException {
    assertThat(server.get("/docs/metrics")).isEqualTo(Files.readString(PAGE));
  }

  @Test
  void scrape_passesPromtool(@TempDir Path directory) throws Exception {
    Path scrape = directory.resolve("scrape");
    Files.writeString(scrape, server.get("/metrics"));

    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(scrape.toFile())
            .redirectErrorStream(true)
            .start();
    String complaints =
        new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(
            complaints
                .lines()
                .filter(line -> !line.startsWith("jvm_") && !line.startsWith("process_")))
        .isEmpty();
  }

  private String openMetrics(String path) {
    return server.response(path, "Accept", "application/openmetrics-text; version=1.0.0").body();
  }

  private static Map<String, Described> page() throws IOException {
    return rows(Files.readString(PAGE));
  }

  private static Map<String, Described> rows(String text) {
    Map<String, Described> rows = new TreeMap<>();
    text.lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(
            row -> rows.put(row.group(1), new Described(row.group(2), labelsOfPage(row.group(3)))));
    return rows;
  }

  private static Set<String> labelsOfPage(String cell) {
    Set<String> labels = new TreeSet<>(Arrays.asList(cell.replace("`", "").strip().split(", ")));
    labels.remove("");
    return labels;
  }

  private static Map<String, Described> scrape(String text) {
    Map<String, String> types = new TreeMap<>();
    Map<String, Described> scraped = new TreeMap<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        types.put(exposedName(words[2], words[3]), words[3]);
      } else if (line.startsWith("model_")) {
        String name = line.split("[{ ]", 2)[0].replaceFirst("_(count|sum|bucket)$", "");
        scraped
            .computeIfAbsent(name, n -> new Described(types.getOrDefault(n, "?"), new TreeSet<>()))
            .labels()
            .addAll(labelsOfScrape(line));
      }
    }
    return scraped;
  }

  private static String exposedName(String family, String type) {
    return switch (type) {
      case "counter" -> family + "_total";
      case "info" -> family + "_info";
      default -> family;
    };
  }

  /** The bounds of a histogram's buckets belong to its type. */
  private static Set<String> labelsOfScrape(String line) {
    Set<String> labels = new TreeSet<>();
    Matcher label = LABEL.matcher(line);
    while (label.find()) {
      labels.add(label.group(1));
    }
    labels.remove("le");
    return labels;
  }
}
