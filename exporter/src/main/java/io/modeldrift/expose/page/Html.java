package io.modeldrift.expose.page;

/**
 * Writes HTML and inline SVG. Every text and attribute value is escaped here, so nothing that
 * traffic sends can become markup.
 *
 * <p>Attributes are given as name, value, name, value. For one thread.
 */
final class Html {

  private final StringBuilder out = new StringBuilder(1 << 14);

  Html open(String tag, Object... attributes) {
    return tag(tag, attributes, ">");
  }

  Html close(String tag) {
    out.append("</").append(tag).append('>');
    return this;
  }

  /** Writes an element without content. */
  Html empty(String tag, Object... attributes) {
    return tag(tag, attributes, "/>");
  }

  /** Writes an element that holds only text. */
  Html element(String tag, String text, Object... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** Writes markup of our own, never anything from outside. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  private Html tag(String tag, Object[] attributes, String end) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(
          attributes[i + 1] instanceof Double number
              ? Format.coordinate(number)
              : attributes[i + 1].toString());
      out.append('"');
    }
    out.append(end);
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) && c != '\n' ? '\uFFFD' : c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
