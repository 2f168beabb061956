package io.modeldrift.expose.page;

import io.modeldrift.decode.Protocol;
import io.modeldrift.ingest.LedgerKey;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.ingest.Outcome;
import io.modeldrift.ingest.QueueSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The account of all payloads, as a sum that a person can check. */
final class LedgerSection {

  private final Html html;
  private final LedgerSnapshot ledger;

  private LedgerSection(Html html, LedgerSnapshot ledger) {
    this.html = html;
    this.ledger = ledger;
  }

  static void write(Html html, LedgerSnapshot ledger, QueueSnapshot queue) {
    html.open("section", "class", "ledger").element("h2", "Where every payload went");
    LedgerSection section = new LedgerSection(html, ledger);
    section.writeSum();
    section.writeReasons();
    html.element(
        "p",
        "Queue: "
            + Format.bytes(queue.bytes())
            + " of "
            + Format.bytes(queue.limitBytes())
            + " in use, "
            + Format.count(queue.entries(), "payload")
            + " of at most "
            + Format.count(queue.limitEntries())
            + ".",
        "class",
        "facts");
    html.close("section");
  }

  private void writeSum() {
    html.open("dl", "class", "sum");
    writeTerm("received", ledger.received(), "");
    writeTerm("observed", ledger.count(Outcome.OBSERVED), "=");
    writeTerm("ignored", ledger.count(Outcome.IGNORED), "+");
    writeTerm("rejected", ledger.count(Outcome.REJECTED), "+");
    writeTerm("dropped", ledger.count(Outcome.DROPPED), "+");
    writeTerm("waiting", ledger.waiting(), "+");
    html.close("dl");
  }

  private void writeTerm(String name, long count, String sign) {
    html.open("div", "class", name + (count == 0 ? " none" : ""));
    html.element("span", sign, "class", "sign");
    html.element("dt", name).element("dd", Format.count(count)).close("div");
  }

  private void writeReasons() {
    List<Map.Entry<LedgerKey, Long>> lines =
        ledger.outcomes().entrySet().stream()
            .filter(line -> line.getValue() > 0 && line.getKey().outcome() != Outcome.OBSERVED)
            .sorted(Map.Entry.<LedgerKey, Long>comparingByValue(Comparator.reverseOrder()))
            .toList();
    if (lines.isEmpty()) {
      html.element("p", "Nothing was ignored, rejected or dropped.", "class", "facts");
      return;
    }
    html.open("ul", "class", "reasons");
    for (Map.Entry<LedgerKey, Long> line : lines) {
      LedgerKey key = line.getKey();
      html.open("li").element("b", Format.count(line.getValue()));
      html.text(" " + key.outcome().label() + ": " + Words.label(key.reason()));
      if (key.protocol() != Protocol.UNKNOWN) {
        html.element("span", "format " + key.protocol().label(), "class", "role");
      }
      html.close("li");
    }
    html.close("ul");
  }
}
