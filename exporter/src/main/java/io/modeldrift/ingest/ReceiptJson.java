package io.modeldrift.ingest;

import io.modeldrift.truth.TruthReceipt;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The answer of the API to a payload that was taken. */
final class ReceiptJson {

  private ReceiptJson() {}

  /** Returns how many rows were observed, or what became of the outcomes. */
  static String of(Verdict verdict) {
    return verdict
        .receipt()
        .map(ReceiptJson::of)
        .orElseGet(() -> "{\"rows\":" + verdict.rows() + "}\n");
  }

  private static String of(TruthReceipt receipt) {
    StringJoiner json = new StringJoiner(",", "{", "}\n");
    json.add("\"received\":" + receipt.received());
    new TreeMap<>(receipt.outcomes())
        .forEach((outcome, count) -> json.add(Problem.quoted(outcome) + ":" + count));
    if (!receipt.problems().isEmpty()) {
      StringJoiner problems = new StringJoiner(",", "\"problems\":[", "]");
      receipt.problems().forEach(problem -> problems.add(of(problem)));
      json.add(problems.toString());
    }
    return json.toString();
  }

  private static String of(TruthReceipt.Problem problem) {
    return "{\"pointer\":"
        + Problem.quoted(problem.pointer())
        + ",\"reason\":"
        + Problem.quoted(problem.reason())
        + ",\"detail\":"
        + Problem.quoted(problem.detail())
        + "}";
  }
}
