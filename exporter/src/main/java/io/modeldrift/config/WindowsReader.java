package io.modeldrift.config;

import io.modeldrift.observe.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the list of windows: durations, or mappings with span and panes. */
final class WindowsReader {

  private static final String KEY = "windows";
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /** Panes of the usual windows, after statistics.md; all others get a dozen or so. */
  private static final Map<Duration, Integer> USUAL_PANES =
      Map.of(Duration.ofMinutes(5), 5, Duration.ofHours(1), 12, Duration.ofDays(1), 24);

  private WindowsReader() {}

  static List<Window> read(Section root, List<Window> fallback) {
    List<Window> windows = new ArrayList<>();
    List<JsonNode> elements =
        root.elements(KEY, "list of durations or of {span, panes}", "5m, 1h, 1d");
    for (int i = 0; i < elements.size(); i++) {
      JsonNode element = elements.get(i);
      if (element.isObject()) {
        try (Section section = root.element(KEY, i, element)) {
          read(section).ifPresent(windows::add);
        }
      } else {
        shorthand(root, element.asString()).ifPresent(windows::add);
      }
    }
    learnKeys(root);
    if (windows.stream().map(Window::name).distinct().count() < windows.size()) {
      root.problem(KEY, "two windows have the same span");
      return fallback;
    }
    return windows.isEmpty() ? fallback : windows;
  }

  private static Optional<Window> shorthand(Section root, String text) {
    Optional<Duration> span = Quantities.duration(text);
    if (span.isEmpty()) {
      root.problem(KEY, "must be a duration such as 5m, 1h or 1d, found \"" + text + "\"");
      return Optional.empty();
    }
    return window(root, KEY, span.get(), panes(span.get()));
  }

  private static Optional<Window> read(Section section) {
    Duration span = section.duration("span", Duration.ZERO);
    int panes = section.integer("panes", panes(span), 2, 288);
    return window(section, "span", span, panes);
  }

  private static Optional<Window> window(Section section, String key, Duration span, int panes) {
    if (span.compareTo(SHORTEST) < 0) {
      section.problem(key, "a window must span at least 2s, found " + Quantities.format(span));
      return Optional.empty();
    }
    try {
      return Optional.of(new Window(Quantities.format(span), span, panes));
    } catch (IllegalArgumentException e) {
      section.problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The number of panes near a dozen that cuts the span into whole seconds. */
  private static int panes(Duration span) {
    Integer usual = USUAL_PANES.get(span);
    if (usual != null) {
      return usual;
    }
    for (int panes : new int[] {12, 10, 8, 6, 15, 5, 4, 20, 3}) {
      if (span.toMillis() % (panes * 1000L) == 0) {
        return panes;
      }
    }
    return 2;
  }

  private static void learnKeys(Section root) {
    Section template = root.template("windows[]");
    template.duration("span", Duration.ZERO);
    template.integer("panes", 12, 2, 288);
  }
}
