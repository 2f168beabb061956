package io.modeldrift.expose.page;

import io.modeldrift.distribution.CategoricalLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The picture of a categorical column: one line a category, the most frequent first, the baseline
 * as a wide pale bar, the window as a narrow strong one in front of it.
 *
 * <p>Many categories would make a wall of bars, so only the largest are drawn and those that moved;
 * the rest is one line. What is no category of the baseline stands apart below.
 */
final class CategoryChart {

  private static final int MOST_LINES = 7;
  private static final double WIDTH = 400;
  private static final double LINE = 21;
  private static final double LEFT = 104;
  private static final double RIGHT = 106;
  private static final double GAP = 9;
  private static final int LONGEST_NAME = 15;

  private final BinShares shares;
  private final CategoricalLayout layout;
  private final Set<Integer> moved;
  private final double scale;

  private CategoryChart(BinShares shares, CategoricalLayout layout, Set<Integer> moved) {
    this.shares = shares;
    this.layout = layout;
    this.moved = moved;
    this.scale = shares.largest() == 0 ? 1 : shares.largest();
  }

  /**
   * Writes the picture.
   *
   * @param moved bins to point at
   */
  static void write(Html html, BinShares shares, CategoricalLayout layout, Set<Integer> moved) {
    new CategoryChart(shares, layout, moved).write(html);
  }

  private void write(Html html) {
    List<Integer> drawn = drawn();
    List<Integer> special = special();
    int rest = layout.categories().size() - drawn.size();
    int lines = drawn.size() + special.size() + (rest > 0 ? 1 : 0);
    double height = 4 + lines * LINE + (special.isEmpty() ? 0 : GAP);
    html.open(
        "svg",
        "class",
        "chart",
        "viewBox",
        "0 0 " + Format.coordinate(WIDTH) + " " + Format.coordinate(height),
        "role",
        "img",
        "aria-label",
        "Share of each category, baseline and now. The numbers are in the table below.");
    double y = 2;
    for (int bin : drawn) {
      writeLine(html, bin, y);
      y += LINE;
    }
    if (rest > 0) {
      writeRest(html, rest, drawn, y);
      y += LINE;
    }
    y += GAP;
    for (int bin : special) {
      writeLine(html, bin, y);
      y += LINE;
    }
    html.close("svg");
  }

  private void writeLine(Html html, int bin, double y) {
    boolean highlight = moved.contains(bin);
    String name = shares.name(bin);
    html.open("g");
    html.element("title", name);
    writeText(
        html, shares.isSpecial(bin) ? "tick special" : "tick", shortened(name), LEFT - 8, y, "end");
    writeBars(html, shares.before(bin), shares.now(bin), highlight, y);
    html.close("g");
  }

  private void writeRest(Html html, int rest, List<Integer> drawn, double y) {
    double before = 0;
    double now = 0;
    for (int bin = 0; bin < layout.categories().size(); bin++) {
      if (!drawn.contains(bin)) {
        before += shares.before(bin);
        now += shares.now(bin);
      }
    }
    html.open("g");
    writeText(html, "tick special", Format.count(rest) + " more", LEFT - 8, y, "end");
    writeBars(html, before, now, false, y);
    html.close("g");
  }

  private void writeBars(Html html, double before, double now, boolean highlight, double y) {
    writeBar(html, "before", before, y + 2, LINE - 4);
    writeBar(html, highlight ? "now moved" : "now", now, y + 6, LINE - 12);
    String change = Format.percent(before) + " → " + Format.percent(now);
    if (highlight) {
      change = (now > before ? "▲ " : "▼ ") + change;
    }
    writeText(html, highlight ? "tick strong" : "tick", change, WIDTH, y, "end");
  }

  private void writeBar(Html html, String name, double share, double y, double height) {
    if (share > 0) {
      double width = Math.max(1, (WIDTH - LEFT - RIGHT) * Math.min(1, share / scale));
      html.empty(
          "rect", "class", name, "x", LEFT, "y", y, "width", width, "height", height, "rx", 1.5);
    }
  }

  private static void writeText(
      Html html, String name, String text, double x, double y, String anchor) {
    html.element("text", text, "class", name, "x", x, "y", y + LINE / 2 + 4, "text-anchor", anchor);
  }

  /** The largest on either side and those that moved, in the order of the layout. */
  private List<Integer> drawn() {
    List<Integer> bins = new ArrayList<>();
    for (int bin = 0; bin < layout.categories().size(); bin++) {
      bins.add(bin);
    }
    bins.sort(Comparator.comparingDouble(this::weight).reversed());
    int lines = bins.size() == MOST_LINES + 1 ? MOST_LINES + 1 : Math.min(MOST_LINES, bins.size());
    List<Integer> drawn = new ArrayList<>(bins.subList(0, lines));
    drawn.sort(Comparator.comparingDouble(shares::before).reversed());
    return drawn;
  }

  private double weight(int bin) {
    return (moved.contains(bin) ? 2 : 0) + Math.max(shares.before(bin), shares.now(bin));
  }

  private List<Integer> special() {
    List<Integer> bins = new ArrayList<>();
    for (int bin = layout.other(); bin < layout.bins(); bin++) {
      if (!shares.isEmpty(bin)) {
        bins.add(bin);
      }
    }
    return bins;
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
  }
}
