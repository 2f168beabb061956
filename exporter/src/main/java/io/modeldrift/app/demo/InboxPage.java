package io.modeldrift.app.demo;

import io.modeldrift.app.demo.InboxMessage.Link;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The inbox as a page: the newest message on top, no script, a new look every five seconds.
 *
 * <p>Everything in a message is text to be shown: it is escaped first, and only then the few signs
 * of Slack's markup become tags.
 */
final class InboxPage {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern LINK =
      Pattern.compile("&lt;(https?://[^|&\\s]+(?:&amp;[^|&\\s]+)*)\\|([^&|]+)&gt;");
  private static final Pattern ADDRESS = Pattern.compile("(?i)https?://.*");
  private static final Pattern BOLD = Pattern.compile("(?m)^\\*(.+)\\*$");
  private static final Pattern ITALIC = Pattern.compile("\\b_([^_\\n]+)_(?!\\w)");

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta http-equiv="refresh" content="5">
      <title>Inbox of the demo</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 52em; padding: 0 1em; color: #1b1f24; background: #f6f8fa }
      article { background: #fff; border: 1px solid #d0d7de; border-left: 6px solid #bf8700; border-radius: 4px; margin: 1em 0; padding: .6em 1em }
      article.critical { border-left-color: #cf222e }
      article.resolved { border-left-color: #1a7f37 }
      h2 { font-size: 1em; margin: 0 }
      p { margin: .4em 0; white-space: pre-wrap; overflow-wrap: anywhere }
      small { color: #57606a }
      nav a { margin-right: 1em }
      @media (prefers-color-scheme: dark) {
        body { color: #e6edf3; background: #0d1117 } article { background: #161b22; border-color: #30363d } small { color: #8b949e } a { color: #58a6ff }
      }
      </style>
      </head>
      <body>
      <h1>Inbox of the demo</h1>
      """;

  private InboxPage() {}

  /** Returns the page; {@code messages} are in the order in which they arrived. */
  static String of(List<InboxMessage> messages) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append(
        "<p><small>What Slack, PagerDuty and the retraining pipeline would have been sent.</small></p>\n");
    if (messages.isEmpty()) {
      page.append("<p>Nothing yet: nobody had to be told anything.</p>\n");
    }
    for (int i = messages.size() - 1; i >= 0; i--) {
      append(page, messages.get(i));
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static void append(StringBuilder page, InboxMessage message) {
    String kind = message.kind().name().toLowerCase(Locale.ROOT);
    page.append("<article class=\"").append(kind).append("\">\n<small>");
    page.append(TIME.format(message.at())).append(" · ").append(escaped(message.channel()));
    page.append(" · ").append(kind).append("</small>\n<h2>").append(escaped(message.title()));
    page.append("</h2>\n<p>").append(marked(message.text().strip())).append("</p>\n<nav>");
    for (Link link : message.links()) {
      if (ADDRESS.matcher(link.address()).matches()) {
        page.append("<a href=\"").append(escaped(link.address())).append("\">");
        page.append(escaped(link.label())).append("</a>");
      }
    }
    page.append("</nav>\n</article>\n");
  }

  private static String marked(String text) {
    String shown = LINK.matcher(escaped(text)).replaceAll("<a href=\"$1\">$2</a>");
    shown = BOLD.matcher(shown).replaceAll("<b>$1</b>");
    return ITALIC.matcher(shown).replaceAll("<i>$1</i>").replace(":white_check_mark:", "✓");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
