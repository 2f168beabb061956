package io.modeldrift.observe;

import io.modeldrift.distribution.TextHash;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.statistics.Agreement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Outputs that wait for the output of another version for the same request, known by its id.
 *
 * <p>Keeps numbers, and hashes of texts. Bounded by number and age; not thread-safe.
 */
final class Twins {

  /** Outputs of a row that are kept; vectors of more are compared by their first ones. */
  private static final int MOST_OUTPUTS = 16;

  private static final int MOST_SAVED = 10_000;

  private final VersionPair pair;
  private final LinkedHashMap<String, Twin> waiting = new LinkedHashMap<>();
  private final Map<String, AgreementCounts> counts = new TreeMap<>();
  private long unpaired;

  private record Twin(boolean champion, Instant since, Map<String, Cell> outputs) {}

  /** A number, or the hash of a text. */
  private record Cell(boolean number, double value, long hash) {

    boolean agrees(Cell other, Agreement agreement) {
      if (number && other.number) {
        return agreement.agree(value, other.value);
      }
      return !number && !other.number && hash == other.hash;
    }
  }

  Twins(VersionPair pair) {
    this.pair = pair;
  }

  void offer(InferenceBatch batch, boolean champion, Instant now) {
    expire(now);
    int rowOfId = 0;
    for (int row = 0; row < batch.rows(); row++) {
      String id = id(batch, row);
      rowOfId = batch.continuesInference(row) ? rowOfId + 1 : 0;
      if (id != null) {
        offer(id + "#" + rowOfId, new Twin(champion, now, outputs(batch, row)));
      }
    }
  }

  private void offer(String id, Twin twin) {
    Twin other = waiting.get(id);
    if (other == null) {
      waiting.put(id, twin);
      if (waiting.size() > pair.maxWaiting()) {
        dropOldest();
      }
    } else if (other.champion != twin.champion) {
      waiting.remove(id);
      compare(twin.champion ? twin : other, twin.champion ? other : twin);
    }
  }

  private void compare(Twin champion, Twin challenger) {
    champion.outputs.forEach(
        (name, cell) -> {
          Cell other = challenger.outputs.get(name);
          if (other != null) {
            boolean agree = cell.agrees(other, pair.agreement());
            counts.merge(
                name, AgreementCounts.NONE.with(agree), (known, added) -> known.with(agree));
          }
        });
  }

  /** Returns the id of the inference that a row belongs to. */
  private static @Nullable String id(InferenceBatch batch, int row) {
    String own = batch.id(row);
    if (own != null) {
      return own;
    }
    EventKey event = batch.event();
    return event == null || event.pairing().isEmpty() ? null : event.pairing().get(0).id();
  }

  private static Map<String, Cell> outputs(InferenceBatch batch, int row) {
    Map<String, Cell> outputs = new HashMap<>();
    for (Column column : batch.columns(Role.OUTPUT)) {
      Cell cell = outputs.size() < MOST_OUTPUTS ? cell(column, row) : null;
      if (cell != null) {
        outputs.put(column.name(), cell);
      }
    }
    return outputs;
  }

  private static @Nullable Cell cell(Column column, int row) {
    return switch (column.kind(row)) {
      case Column.NUMBER -> new Cell(true, column.number(row), 0);
      case Column.TEXT ->
          new Cell(
              false,
              0,
              TextHash.of(column.textChars(), column.textOffset(row), column.textLength(row)));
      case Column.TRUE -> new Cell(false, 0, TextHash.of("true"));
      case Column.FALSE -> new Cell(false, 0, TextHash.of("false"));
      default -> null;
    };
  }

  /** Outputs wait in the order of their arrival, so the oldest come first. */
  private void expire(Instant now) {
    while (!waiting.isEmpty()
        && Duration.between(oldest().since, now).compareTo(pair.patience()) > 0) {
      dropOldest();
    }
  }

  private Twin oldest() {
    return waiting.values().iterator().next();
  }

  private void dropOldest() {
    Iterator<Twin> oldest = waiting.values().iterator();
    oldest.next();
    oldest.remove();
    unpaired++;
  }

  /** Writes what was counted. Outputs that wait are lost by a restart: they have no partner. */
  void save(StateOutput out) {
    out.number(unpaired + waiting.size());
    out.number(counts.size());
    counts.forEach(
        (output, agreement) -> {
          out.text(output);
          out.number(agreement.agreeing());
          out.number(agreement.differing());
        });
  }

  /** Counts on after a stop; after a crash all counts begin at zero. */
  void restore(StateInput in, boolean continuous) throws SnapshotException {
    long savedUnpaired = in.count();
    Map<String, AgreementCounts> saved = new TreeMap<>();
    int outputs = in.size(MOST_SAVED);
    for (int i = 0; i < outputs; i++) {
      saved.put(in.text(), new AgreementCounts(in.count(), in.count()));
    }
    if (continuous) {
      unpaired += savedUnpaired;
      counts.putAll(saved);
    }
  }

  Map<String, AgreementCounts> counts() {
    return counts;
  }

  int waiting(Instant now) {
    expire(now);
    return waiting.size();
  }

  long unpaired() {
    return unpaired;
  }
}
