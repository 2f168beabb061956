package io.modeldrift.expose.page;

import io.modeldrift.inference.ModelKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the reader asked for in the address.
 *
 * @param window name of the window to show; absent for the default
 * @param model show only this model, with all of its columns
 * @param refresh seconds after which the browser asks again
 */
public record PageChoice(Optional<String> window, Optional<ModelKey> model, OptionalInt refresh) {

  private static final int SHORTEST_REFRESH = 5;

  /**
   * Returns the choice in query parameters; what cannot be understood is as if it were not there.
   *
   * @param refresh in whole seconds; fewer than 5 are 5
   */
  public static PageChoice of(
      Optional<String> window,
      Optional<String> model,
      Optional<String> version,
      Optional<String> refresh) {
    return new PageChoice(
        window, model.map(name -> new ModelKey(name, version.orElse(""))), seconds(refresh));
  }

  PageChoice withWindow(String other) {
    return new PageChoice(Optional.of(other), model, refresh);
  }

  PageChoice withModel(Optional<ModelKey> other) {
    return new PageChoice(window, other, refresh);
  }

  PageChoice withRefresh(OptionalInt other) {
    return new PageChoice(window, model, other);
  }

  /** Returns whether a model is to be shown. */
  boolean shows(ModelKey key) {
    return model.isEmpty() || model.get().equals(key);
  }

  /** Returns the address of this choice, relative to the page's own. */
  String address() {
    List<String> parts = new ArrayList<>();
    window.ifPresent(name -> parts.add("window=" + encoded(name)));
    model.ifPresent(
        key -> parts.add("model=" + encoded(key.name()) + "&version=" + encoded(key.version())));
    refresh.ifPresent(seconds -> parts.add("refresh=" + seconds));
    return parts.isEmpty() ? "./" : "?" + String.join("&", parts);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static OptionalInt seconds(Optional<String> text) {
    if (text.isEmpty() || !text.get().matches("[0-9]{1,5}")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Math.max(SHORTEST_REFRESH, Integer.parseInt(text.get())));
  }
}
