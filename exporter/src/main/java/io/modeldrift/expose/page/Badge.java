package io.modeldrift.expose.page;

import io.modeldrift.statistics.DriftState;
import java.util.Locale;

/** A state as shape, word and colour. */
final class Badge {

  private Badge() {}

  static void write(Html html, DriftState state) {
    write(html, state, Words.state(state));
  }

  static void write(Html html, DriftState state, String words) {
    html.open("span", "class", "badge " + style(state)).raw(Icons.of(state));
    html.text(words).close("span");
  }

  static void writeLearning(Html html) {
    html.open("span", "class", "badge learning").raw(Icons.learning()).text("learning");
    html.close("span");
  }

  /** Returns the name of the style that gives a state its colour. */
  static String style(DriftState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
