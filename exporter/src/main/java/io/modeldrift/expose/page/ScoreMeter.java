package io.modeldrift.expose.page;

/**
 * Where a drift score lies between nothing and its two thresholds.
 *
 * <p>The threshold of "drifted" is always in the middle, so that meters of different columns can be
 * compared at a glance; beyond it the scale bends, so that any score fits.
 */
final class ScoreMeter {

  private static final double WIDTH = 480;
  private static final double BAR = 8;

  private ScoreMeter() {}

  /**
   * Writes the meter.
   *
   * @param warning threshold of "warning"
   * @param drifted threshold of "drifted", positive
   */
  static void write(Html html, double score, double warning, double drifted, String label) {
    double first = place(warning, drifted);
    double middle = WIDTH / 2;
    double marker = place(score, drifted);
    html.open(
        "svg",
        "class",
        "meter",
        "viewBox",
        "0 0 480 20",
        "role",
        "img",
        "aria-label",
        label,
        "preserveAspectRatio",
        "none");
    html.empty("rect", "class", "zone stable", "x", 0, "y", 6, "width", first, "height", BAR);
    html.empty(
        "rect",
        "class",
        "zone warning",
        "x",
        first,
        "y",
        6,
        "width",
        middle - first,
        "height",
        BAR);
    html.empty(
        "rect", "class", "zone drifted", "x", middle, "y", 6, "width", middle, "height", BAR);
    html.empty("rect", "class", "reach", "x", 0, "y", 8.5, "width", marker, "height", 3);
    html.empty(
        "rect", "class", "needle", "x", Math.max(0, marker - 2), "y", 1, "width", 4, "height", 18);
    html.close("svg");
  }

  private static double place(double score, double drifted) {
    return WIDTH * score / (score + drifted);
  }
}
