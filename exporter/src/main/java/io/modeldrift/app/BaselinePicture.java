package io.modeldrift.app;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.NumericLayout;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Draws a baseline with a line and a bar a bin. */
final class BaselinePicture {

  private static final int FEWEST_CHARS = 40;
  private static final int MOST_LABEL_CHARS = 30;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private final PrintWriter out;
  private final int width;
  private final boolean ascii;

  BaselinePicture(PrintWriter out, int width, boolean ascii) {
    this.out = out;
    this.width = Math.max(FEWEST_CHARS, width);
    this.ascii = ascii;
  }

  /** Prints all columns, or those with these names. */
  void print(Baseline baseline, Set<String> names) {
    out.printf("%s: %,d rows, id %s%n", baseline.model(), baseline.rows(), baseline.id());
    out.printf("made %s from %s%n", baseline.created(), baseline.source());
    for (BaselineColumn column : baseline.columns()) {
      if (names.isEmpty() || names.contains(column.name())) {
        print(column);
      }
    }
    out.flush();
  }

  private void print(BaselineColumn column) {
    out.println();
    out.printf(
        "%s  (%s, %s)%s%s%n",
        printable(column.name()),
        column.role().label(),
        column.isNumeric() ? "numeric" : "categorical",
        column.isNumeric()
            ? "  mean %s, standard deviation %s"
                .formatted(number(column.mean()), number(column.standardDeviation()))
            : "",
        column.importance() == 1 ? "" : "  importance " + number(column.importance()));
    List<Integer> bins = new ArrayList<>();
    double largest = 0;
    for (int bin = 0; bin < column.counts().bins(); bin++) {
      if (column.counts().count(bin) > 0 || isInterval(column.layout(), bin)) {
        bins.add(bin);
        largest = Math.max(largest, column.counts().share(bin));
      }
    }
    for (int bin : bins) {
      print(column, bin, largest);
    }
  }

  private void print(BaselineColumn column, int bin, double largest) {
    int labelChars = Math.min(MOST_LABEL_CHARS, width / 3);
    String share = "%6.2f %%".formatted(100 * column.counts().share(bin));
    String count = "%,12d".formatted(column.counts().count(bin));
    int barChars = width - labelChars - share.length() - count.length() - 6;
    double part = largest > 0 ? column.counts().share(bin) / largest : 0;
    out.println(
        ("  "
                + fitted(label(column.layout(), bin), labelChars)
                + " "
                + share
                + count
                + "  "
                + bar(part, barChars))
            .stripTrailing());
  }

  /** Returns a bin as a person would call it. */
  static String label(BinLayout layout, int bin) {
    if (layout instanceof NumericLayout numeric && bin < numeric.valueBins()) {
      return interval(numeric, bin);
    }
    if (layout instanceof CategoricalLayout categorical && bin < categorical.other()) {
      return printable(categorical.categories().get(bin));
    }
    return layout.name(bin).replace("__", "").toUpperCase(Locale.ROOT);
  }

  private static String interval(NumericLayout layout, int bin) {
    if (layout.intervals() == 0) {
      return "any number";
    }
    if (bin == 0) {
      return "below " + number(layout.upper(bin));
    }
    if (bin == layout.valueBins() - 1) {
      return "above " + number(layout.lower(bin));
    }
    double lower = layout.lower(bin);
    double upper = layout.upper(bin);
    if (upper == Math.nextUp(lower) || upper == lower) {
      return number(lower);
    }
    boolean afterPoint = bin > 1 && lower == Math.nextUp(layout.lower(bin - 1));
    return (afterPoint ? "> " + number(layout.lower(bin - 1)) : number(lower))
        + " to "
        + number(upper);
  }

  private static boolean isInterval(BinLayout layout, int bin) {
    return bin > 0 && bin < layout.valueBins() - 1;
  }

  private String bar(double part, int chars) {
    if (ascii) {
      return "#".repeat((int) Math.round(part * chars));
    }
    int eighths = (int) Math.round(part * chars * 8);
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return "█".repeat(eighths / 8) + rest;
  }

  private String fitted(String text, int chars) {
    if (text.length() <= chars) {
      return text + " ".repeat(chars - text.length());
    }
    return text.substring(0, chars - 2) + "..";
  }

  /** Control characters in a category must not reach the terminal. */
  private static String printable(String text) {
    return text.isEmpty() ? "(empty)" : text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e9) {
      return "%,d".formatted((long) number);
    }
    return "%.4g".formatted(number);
  }
}
