package io.modeldrift.expose.page;

import io.modeldrift.statistics.DriftState;

/** Small pictures, each with a shape of its own: a state is never told by colour alone. */
final class Icons {

  /** Two distributions that have moved apart. */
  static final String LOGO =
      "<svg class=\"logo\" viewBox=\"0 0 32 32\" aria-hidden=\"true\">"
          + "<path class=\"logo-before\" d=\"M2 26C8 26 8 8 13 8S18 26 24 26Z\"/>"
          + "<path class=\"logo-now\" d=\"M9 26C15 26 15 8 20 8S25 26 31 26Z\"/></svg>";

  /** The same for the browser's tab. */
  static final String FAVICON =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
          + "%3Cpath fill='%238a98ab' d='M2 26C8 26 8 8 13 8S18 26 24 26Z'/%3E"
          + "%3Cpath fill='%233b7dd8' fill-opacity='.85' d='M9 26C15 26 15 8 20 8S25 26 31 26Z'/%3E"
          + "%3C/svg%3E";

  private static final String DRIFTED = icon("M8 1.5 15.2 14.5H.8ZM8 6v4M8 11.6v1.2");
  private static final String WARNING = icon("M8 1 15 8 8 15 1 8ZM8 4.8v4M8 10.2v1.2");
  private static final String STABLE =
      icon("M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM4.8 8.2l2.3 2.3 4.2-4.8");
  private static final String INSUFFICIENT = icon("M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1ZM4.8 8h6.4");
  private static final String LEARNING =
      icon("M3 1.5h10M3 14.5h10M4 1.5c0 4 8 9 8 13M12 1.5c0 4-8 9-8 13");

  private Icons() {}

  static String of(DriftState state) {
    return switch (state) {
      case INSUFFICIENT -> INSUFFICIENT;
      case STABLE -> STABLE;
      case WARNING -> WARNING;
      case DRIFTED -> DRIFTED;
    };
  }

  static String learning() {
    return LEARNING;
  }

  private static String icon(String path) {
    return "<svg class=\"icon\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\""
        + path
        + "\"/></svg>";
  }
}
