package io.modeldrift.expose.page;

import java.util.OptionalDouble;

/** Writes tables whose first column is text and whose others are numbers. */
final class Tables {

  private Tables() {}

  static void head(Html html, String... names) {
    html.open("thead").open("tr");
    for (String name : names) {
      html.element("th", name, "scope", "col");
    }
    html.close("tr").close("thead");
  }

  static void row(Html html, String first, String... numbers) {
    html.open("tr").element("th", first, "scope", "row");
    for (String number : numbers) {
      html.element("td", number);
    }
    html.close("tr");
  }

  static String score(OptionalDouble score) {
    return score.isPresent() ? Format.score(score.getAsDouble()) : "–";
  }
}
