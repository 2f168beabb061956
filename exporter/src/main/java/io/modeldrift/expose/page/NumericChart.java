package io.modeldrift.expose.page;

import io.modeldrift.distribution.NumericLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The picture of a numeric column: one slot a bin, the baseline as a wide pale bar, the window as a
 * narrow strong one in front of it.
 *
 * <p>Slots are equally wide whatever their range: bins are quantiles, so true widths would show one
 * spike and a long flat tail for half of all real columns. What lies outside the baseline's range,
 * and what is missing or invalid, stands apart.
 */
final class NumericChart {

  private static final double WIDTH = 400;
  private static final double TOP = 20;
  private static final double FLOOR = 128;
  private static final double HEIGHT = 150;
  private static final double LEFT = 34;
  private static final double GAP = 22;
  private static final double SPECIAL_SLOT = 54;
  private static final double WIDEST_SLOT = 64;
  private static final double LABEL_DISTANCE = 46;

  private final BinShares shares;
  private final NumericLayout layout;
  private final Set<Integer> moved;
  private final double scale;

  private NumericChart(BinShares shares, NumericLayout layout, Set<Integer> moved) {
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
  static void write(Html html, BinShares shares, NumericLayout layout, Set<Integer> moved) {
    new NumericChart(shares, layout, moved).write(html);
  }

  private void write(Html html) {
    html.open(
        "svg",
        "class",
        "chart",
        "viewBox",
        "0 0 " + Format.coordinate(WIDTH) + " " + Format.coordinate(HEIGHT),
        "role",
        "img",
        "aria-label",
        "Share of values per bin, baseline and now. The numbers are in the table below.");
    writeScale(html);
    List<Integer> lower = shown(0, 1);
    List<Integer> inner = inner();
    List<Integer> upper = shown(layout.valueBins() - 1, shares.bins());
    double slot = slot(inner.size(), lower.size() + upper.size());
    double x = LEFT;
    for (int bin : lower) {
      x = writeSpecial(html, bin, x) + GAP;
    }
    writeEdges(html, inner, x, slot);
    for (int bin : inner) {
      writeBars(html, bin, x, slot);
      x += slot;
    }
    for (int bin : upper) {
      x = writeSpecial(html, bin, x + GAP);
    }
    html.close("svg");
  }

  private void writeScale(Html html) {
    double step = niceStep(scale);
    for (double share = step; share <= scale; share += step) {
      double y = y(share);
      html.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH, "y1", y, "y2", y);
      writeLabel(html, Math.round(share * 100) + "%", LEFT - 4, y + 3.5, "end");
    }
    html.empty("line", "class", "axis", "x1", LEFT, "x2", WIDTH, "y1", FLOOR, "y2", FLOOR);
  }

  /** Two to four lines at round numbers. */
  private static double niceStep(double scale) {
    for (double step : new double[] {0.01, 0.02, 0.05, 0.1, 0.2}) {
      if (scale / step < 5) {
        return step;
      }
    }
    return 0.25;
  }

  private double writeSpecial(Html html, int bin, double x) {
    writeBars(html, bin, x, SPECIAL_SLOT);
    writeLabel(html, shares.name(bin), x + SPECIAL_SLOT / 2, FLOOR + 15, "middle");
    return x + SPECIAL_SLOT;
  }

  /** Labels as many edges as fit, always the first and the last. */
  private void writeEdges(Html html, List<Integer> inner, double x, double slot) {
    double end = x + inner.size() * slot;
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < inner.size(); i++) {
      double place = x + i * slot;
      if (place - last >= LABEL_DISTANCE && (i == 0 || end - place >= 1.2 * LABEL_DISTANCE)) {
        writeEdge(html, inner.get(i), place, "middle");
        last = place;
      }
    }
    if (!inner.isEmpty()) {
      writeEdge(html, layout.valueBins() - 1, end, "end");
    }
  }

  private void writeEdge(Html html, int bin, double x, String anchor) {
    html.empty("line", "class", "axis", "x1", x, "x2", x, "y1", FLOOR, "y2", FLOOR + 4);
    writeLabel(html, BinShares.edge(layout, bin), x, FLOOR + 15, anchor);
  }

  private static void writeLabel(Html html, String text, double x, double y, String anchor) {
    html.element("text", text, "class", "tick", "x", x, "y", y, "text-anchor", anchor);
  }

  private void writeBars(Html html, int bin, double x, double slot) {
    double before = shares.before(bin);
    double now = shares.now(bin);
    boolean highlight = moved.contains(bin);
    html.open("g");
    html.element("title", tooltip(bin));
    writeBar(html, "before", before, x + slot * 0.06, slot * 0.88);
    writeBar(html, highlight ? "now moved" : "now", now, x + slot * 0.28, slot * 0.44);
    if (highlight) {
      writeArrow(html, now > before, x + slot / 2, y(Math.max(before, now)) - 5);
    }
    html.close("g");
  }

  private void writeBar(Html html, String name, double share, double x, double width) {
    if (share > 0) {
      double y = Math.min(y(share), FLOOR - 1);
      html.empty(
          "rect", "class", name, "x", x, "y", y, "width", width, "height", FLOOR - y, "rx", 1.5);
    }
  }

  private static void writeArrow(Html html, boolean rising, double x, double y) {
    double tip = rising ? y - 7 : y;
    double base = rising ? y : y - 7;
    html.empty(
        "path",
        "class",
        "arrow",
        "d",
        "M"
            + Format.coordinate(x)
            + " "
            + Format.coordinate(tip)
            + "L"
            + Format.coordinate(x + 5)
            + " "
            + Format.coordinate(base)
            + "L"
            + Format.coordinate(x - 5)
            + " "
            + Format.coordinate(base)
            + "Z");
  }

  private String tooltip(int bin) {
    return shares.name(bin)
        + ": "
        + Format.percent(shares.before(bin))
        + " in the baseline, "
        + Format.percent(shares.now(bin))
        + " now";
  }

  private double y(double share) {
    return FLOOR - (FLOOR - TOP) * share / scale;
  }

  private double slot(int inner, int special) {
    double left = WIDTH - LEFT - special * (SPECIAL_SLOT + GAP);
    return Math.min(WIDEST_SLOT, left / Math.max(1, inner));
  }

  private List<Integer> inner() {
    List<Integer> bins = new ArrayList<>();
    for (int bin = 1; bin < layout.valueBins() - 1; bin++) {
      bins.add(bin);
    }
    return bins;
  }

  /** Tails and special bins take room only when something is in them. */
  private List<Integer> shown(int from, int to) {
    List<Integer> bins = new ArrayList<>();
    for (int bin = from; bin < to; bin++) {
      if (!shares.isEmpty(bin)) {
        bins.add(bin);
      }
    }
    return bins;
  }
}
