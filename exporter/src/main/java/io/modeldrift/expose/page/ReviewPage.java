package io.modeldrift.expose.page;

import io.modeldrift.truth.Review;
import io.modeldrift.truth.ReviewCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page on which a person says whether the model was right, row by row.
 *
 * <p>Plain forms without scripts. Thread-safe.
 */
public final class ReviewPage {

  private final InstantSource time;
  private final String style = StatusPage.resource("page.css") + StatusPage.resource("review.css");

  /**
   * What a reviewer sees of the model's answer, and can answer.
   *
   * @param predicted the model's answer in words
   * @param classes what could have been right; none if any value could
   */
  public record Choice(String predicted, List<String> classes) {

    /** Copies the list. */
    public Choice {
      classes = List.copyOf(classes);
    }
  }

  public ReviewPage(InstantSource time) {
    this.time = time;
  }

  /** Returns the value of the {@code Content-Security-Policy} header. */
  public String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'sha256-"
        + StatusPage.sha256(style)
        + "'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  /**
   * Returns the page as HTML.
   *
   * @param reviews the rows that wait longest
   * @param waiting how many wait in all
   * @param model the only model to be shown, if one was chosen
   */
  public String render(Map<Review, Choice> reviews, int waiting, Optional<String> model) {
    Html html = new Html();
    html.raw("<!doctype html>\n").open("html", "lang", "en");
    html.open("head").empty("meta", "charset", "utf-8");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", "Reviews – Model Drift Exporter");
    html.empty("link", "rel", "icon", "href", Icons.FAVICON);
    html.open("style").raw(style).close("style").close("head");
    html.open("body").open("header", "class", "banner");
    html.open("a", "class", "brand", "href", "./").raw(Icons.LOGO);
    html.element("span", "Model Drift Exporter").close("a");
    html.open("nav", "aria-label", "Other views");
    html.element("a", "Decisions as JSON lines", "href", "api/v1/reviews/decided");
    html.close("nav").close("header").open("main");
    html.open("div", "class", "summary").element("h1", title(waiting, model)).close("div");
    if (reviews.isEmpty()) {
      html.element("p", "Nothing waits for a review.", "class", "facts");
    }
    reviews.forEach((review, choice) -> write(html, review, choice));
    html.close("main").close("body").close("html");
    return html.toString();
  }

  private static String title(int waiting, Optional<String> model) {
    String of = model.map(name -> " Shown: " + name + ".").orElse("");
    return Format.count(waiting, "row")
        + (waiting == 1 ? " waits" : " wait")
        + " for a review."
        + of;
  }

  private void write(Html html, Review review, Choice choice) {
    html.open("article", "class", "review");
    html.element("h2", name(review));
    html.element(
        "p",
        cause(review.cause())
            + " · "
            + Format.time(review.time())
            + ", "
            + Format.duration(Duration.between(review.time(), time.instant()))
            + " ago"
            + (review.inferenceId().isEmpty() ? "" : " · id " + review.inferenceId()),
        "class",
        "facts");
    writeColumns(html, review);
    html.open("p", "class", "answer").text("The model says ");
    html.element("strong", choice.predicted().isEmpty() ? "nothing" : choice.predicted());
    if (!Double.isNaN(review.score())) {
      html.text(", score " + Format.score(review.score()));
    }
    html.text(".").close("p");
    writeForm(html, review, choice);
    html.close("article");
  }

  private static void writeColumns(Html html, Review review) {
    if (review.columns().isEmpty()) {
      return;
    }
    html.open("dl", "class", "values");
    review
        .columns()
        .forEach(
            (name, value) -> {
              html.open("div").element("dt", name);
              html.element("dd", value.isEmpty() ? "missing" : value).close("div");
            });
    html.close("dl");
  }

  private static void writeForm(Html html, Review review, Choice choice) {
    html.open("form", "method", "post", "action", "reviews/" + review.number());
    html.element("button", "Right", "name", "decision", "value", "confirm");
    html.open("span", "class", "override");
    String field = "value-" + review.number();
    html.element("label", "It should have been", "for", field);
    if (choice.classes().isEmpty()) {
      html.empty("input", "id", field, "name", "value", "autocomplete", "off");
    } else {
      html.open("select", "id", field, "name", "value");
      html.element("option", "choose", "value", "");
      choice.classes().stream()
          .filter(name -> !name.equals(choice.predicted()))
          .forEach(name -> html.element("option", name, "value", name));
      html.close("select");
    }
    html.element("button", "Wrong", "name", "decision", "value", "override").close("span");
    html.element("button", "Cannot tell", "name", "decision", "value", "skip");
    html.close("form");
  }

  private static String name(Review review) {
    String version = review.model().version();
    return version.isEmpty() ? review.model().name() : review.model().name() + " " + version;
  }

  private static String cause(ReviewCause cause) {
    return switch (cause) {
      case UNCERTAIN -> "The model was hardly sure";
      case OUTLIER -> "Unlike the rows of the baseline";
      case RANDOM -> "Drawn by chance";
    };
  }
}
