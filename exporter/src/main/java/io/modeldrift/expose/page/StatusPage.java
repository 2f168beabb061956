package io.modeldrift.expose.page;

import io.modeldrift.evaluate.ModelReport;
import io.modeldrift.evaluate.WindowReport;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.statistics.DriftState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The page that a person opens first: which model is in which state, why, and where every payload
 * went.
 *
 * <p>One HTML document without scripts and without further files, so that it works through any port
 * forward and on any phone. Thread-safe.
 */
public final class StatusPage {

  /** The window that alerts look at first. */
  private static final String USUAL_WINDOW = "1h";

  private static final int USUAL_REFRESH = 15;

  private static final List<DriftState> WORST_FIRST =
      List.of(DriftState.DRIFTED, DriftState.WARNING, DriftState.STABLE, DriftState.INSUFFICIENT);

  private final String style = resource("page.css");
  private final String guide = resource("guide.html");
  private final String welcome = resource("welcome.html");

  /**
   * Returns the value of the {@code Content-Security-Policy} header: nothing but this page's own
   * style and pictures.
   */
  public String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'sha256-"
        + sha256(style)
        + "'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** Returns the page as HTML. */
  public String render(PageData data, PageChoice choice) {
    Html html = new Html();
    html.raw("<!doctype html>\n").open("html", "lang", "en");
    writeHead(html, choice);
    html.open("body");
    List<String> windows = windows(data);
    String window = window(windows, data, choice);
    writeBanner(html, data, choice);
    html.open("main");
    writeSummary(html, data, choice, windows, window);
    writeModels(html, data, choice, window);
    LedgerSection.write(html, data.ledger(), data.queue());
    html.raw(guide);
    html.close("main");
    writeFoot(html, data);
    return html.close("body").close("html").toString();
  }

  private void writeHead(Html html, PageChoice choice) {
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    if (choice.refresh().isPresent()) {
      html.empty("meta", "http-equiv", "refresh", "content", choice.refresh().getAsInt());
    }
    html.element("title", "Model Drift Exporter");
    html.empty("link", "rel", "icon", "href", Icons.FAVICON);
    html.open("style").raw(style).close("style").close("head");
  }

  private static void writeBanner(Html html, PageData data, PageChoice choice) {
    html.open("header", "class", "banner");
    html.open("a", "class", "brand", "href", "./").raw(Icons.LOGO);
    html.element("span", "Model Drift Exporter").close("a");
    html.open("nav", "aria-label", "Other views");
    if (data.waitingReviews().isPresent()) {
      html.element("a", "Reviews (" + data.waitingReviews().getAsInt() + ")", "href", "reviews");
    }
    html.element("a", "Metrics", "href", "metrics");
    html.element("a", "Status as JSON", "href", "api/v1/status");
    html.element("a", "Metrics reference", "href", "docs/metrics");
    boolean refreshing = choice.refresh().isPresent();
    OptionalInt other = refreshing ? OptionalInt.empty() : OptionalInt.of(USUAL_REFRESH);
    html.element(
        "a",
        refreshing ? "Stop refreshing" : "Refresh every " + USUAL_REFRESH + " s",
        "href",
        choice.withRefresh(other).address());
    html.close("nav").close("header");
  }

  private static void writeSummary(
      Html html, PageData data, PageChoice choice, List<String> windows, String window) {
    html.open("div", "class", "summary");
    html.element("h1", sentence(data, window));
    if (windows.size() > 1) {
      html.open("nav", "class", "choices", "aria-label", "Window");
      for (String name : windows) {
        html.element(
            "a",
            "last " + name,
            "href",
            choice.withWindow(name).address(),
            "class",
            name.equals(window) ? "chosen" : "",
            "aria-current",
            name.equals(window) ? "true" : "false");
      }
      html.close("nav");
    }
    html.close("div");
  }

  private void writeModels(Html html, PageData data, PageChoice choice, String window) {
    if (data.models().isEmpty()) {
      html.raw(welcome);
    }
    if (choice.model().isPresent()) {
      html.open("p", "class", "back");
      html.element("a", "← All models", "href", choice.withModel(Optional.empty()).address());
      html.close("p");
    }
    ModelSection section = new ModelSection(html, data, choice, window);
    data.models().stream()
        .filter(model -> choice.shows(model.model()))
        .sorted((a, b) -> order(data, window, a, b))
        .forEach(section::write);
  }

  private static void writeFoot(Html html, PageData data) {
    html.open("footer").open("p");
    html.text("Model Drift Exporter " + data.version() + " · running since ");
    html.text(Format.time(data.started()) + " · page of " + Format.time(data.now()));
    if (!data.report().models().isEmpty()) {
      html.text(" · evaluated " + Format.time(data.report().time()));
    }
    html.close("p").close("footer");
  }

  /** Says the whole page in one sentence, the worst first. */
  private static String sentence(PageData data, String window) {
    if (data.models().isEmpty()) {
      return "Waiting for traffic";
    }
    Map<DriftState, Integer> states = new EnumMap<>(DriftState.class);
    int learning = 0;
    for (ModelSnapshot model : data.models()) {
      if (model instanceof ModelSnapshot.Learning) {
        learning++;
      } else {
        states.merge(state(data, window, model.model()), 1, Integer::sum);
      }
    }
    List<String> parts = new ArrayList<>();
    for (DriftState state : WORST_FIRST) {
      addPart(parts, states.getOrDefault(state, 0), Words.counted(state));
    }
    addPart(parts, learning, "learning");
    return String.join(", ", parts);
  }

  private static void addPart(List<String> parts, int count, String words) {
    if (count > 0) {
      parts.add(
          (parts.isEmpty() ? Format.count(count, "model") : Format.count(count)) + " " + words);
    }
  }

  private static int order(PageData data, String window, ModelSnapshot a, ModelSnapshot b) {
    int byState =
        Integer.compare(
            state(data, window, b.model()).number(), state(data, window, a.model()).number());
    return byState != 0 ? byState : a.model().compareTo(b.model());
  }

  private static DriftState state(PageData data, String window, ModelKey model) {
    return data.report()
        .model(model)
        .flatMap(report -> window(report, window))
        .map(WindowReport::state)
        .orElse(DriftState.INSUFFICIENT);
  }

  private static Optional<WindowReport> window(ModelReport report, String name) {
    return report instanceof ModelReport.Compared compared
        ? compared.window(name)
        : Optional.empty();
  }

  private static List<String> windows(PageData data) {
    Set<String> names = new LinkedHashSet<>();
    for (ModelReport report : data.report().models()) {
      if (report instanceof ModelReport.Compared compared) {
        compared.windows().forEach(window -> names.add(window.window().name()));
      }
    }
    return List.copyOf(names);
  }

  /** Opens on the window in the worst state; among equals on the one that alerts look at first. */
  private static String window(List<String> windows, PageData data, PageChoice choice) {
    return choice
        .window()
        .filter(windows::contains)
        .or(
            () ->
                windows.stream()
                    .max(
                        Comparator.<String>comparingInt(name -> worst(data, name).number())
                            .thenComparing(USUAL_WINDOW::equals)))
        .orElse(USUAL_WINDOW);
  }

  private static DriftState worst(PageData data, String window) {
    return data.models().stream()
        .map(model -> state(data, window, model.model()))
        .max(Comparator.comparingInt(DriftState::number))
        .orElse(DriftState.INSUFFICIENT);
  }

  static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(StatusPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
