package io.modeldrift.baseline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was wrong with rows that were read all the same, or left out: how often, and where first.
 */
public final class RowProblems {

  /** What can be wrong with a row. */
  public enum Kind {
    TOO_FEW_FIELDS("with fewer fields than columns: the rest is missing"),
    TOO_MANY_FIELDS("with more fields than columns: the extra ones are left out"),
    OPEN_QUOTE("with a quote that is never closed: it is taken as it stands"),
    BAD_RECORD("that cannot be read: left out"),
    OTHER_MODEL("of another model: left out"),
    TOO_MANY_COLUMNS("with more columns than can be kept: the further ones are left out");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private record Sightings(long number, long firstLine, String detail) {}

  private final Map<Kind, Sightings> sightings = new EnumMap<>(Kind.class);

  void add(Kind kind, long line) {
    add(kind, line, "");
  }

  void add(Kind kind, long line, String detail) {
    sightings.merge(
        kind,
        new Sightings(1, line, detail),
        (old, one) -> new Sightings(old.number + 1, old.firstLine, old.detail));
  }

  /** Returns how often something was wrong. */
  public long count(Kind kind) {
    Sightings seen = sightings.get(kind);
    return seen == null ? 0 : seen.number;
  }

  /** Returns a sentence for each kind of problem, for a person. */
  public List<String> messages() {
    List<String> messages = new ArrayList<>();
    sightings.forEach(
        (kind, seen) ->
            messages.add(
                "%,d row%s %s (first: line %,d%s)"
                    .formatted(
                        seen.number,
                        seen.number == 1 ? "" : "s",
                        kind.text,
                        seen.firstLine,
                        seen.detail.isEmpty() ? "" : ", " + seen.detail)));
    return messages;
  }
}
