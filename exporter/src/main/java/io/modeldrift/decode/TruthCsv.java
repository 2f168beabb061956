package io.modeldrift.decode;

import io.modeldrift.inference.GroundTruth;
import io.modeldrift.inference.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes as comma-separated values under a line of names; the names are those of {@link
 * TruthRecord}.
 */
final class TruthCsv {

  private final List<String> names;
  private final Message message;

  private TruthCsv(List<String> names, Message message) {
    this.names = names;
    this.message = message;
  }

  /** Adds the outcomes of a body. */
  static void addTo(TruthList list, Message message) {
    if (!Json.isUtf8(message.body())) {
      throw new Rejection(RejectReason.BAD_UTF8, "not valid UTF-8");
    }
    CsvReader csv = new CsvReader(message.body().text());
    CsvLine cells = new CsvLine();
    if (!csv.next(cells)) {
      return;
    }
    TruthCsv reader = new TruthCsv(cells.texts().stream().map(String::trim).toList(), message);
    reader.checkNames();
    for (int line = 0; csv.next(cells); line++) {
      reader.add(list, cells, "/" + line);
    }
  }

  private void checkNames() {
    for (String name : names) {
      if (!TruthRecord.isKnown(name)) {
        throw new Rejection(
            RejectReason.BAD_SHAPE,
            "the first line must name the columns, such as model, inference_id and actual; another"
                + " name is in column "
                + (names.indexOf(name) + 1));
      }
    }
    if (names.stream().noneMatch(TruthRecord.OUTCOME_KEYS::contains)) {
      throw new Rejection(RejectReason.MISSING_FIELD, "no column holds outcomes, such as actual");
    }
  }

  private void add(TruthList list, CsvLine cells, String pointer) {
    if (cells.size() != names.size()) {
      throw new Rejection(
          RejectReason.BAD_CSV,
          "a line has " + cells.size() + " cells, the first line " + names.size(),
          pointer);
    }
    Map<String, Value> prediction = new HashMap<>();
    put(prediction, GroundTruth.UNNAMED, cell(cells, TruthRecord.PREDICTION_KEYS), pointer);
    put(prediction, GroundTruth.LABEL, cell(cells, List.of(GroundTruth.LABEL)), pointer);
    put(prediction, GroundTruth.SCORE, cell(cells, List.of(GroundTruth.SCORE)), pointer);
    List<String> ids = ids(cells);
    if (ids.isEmpty() && prediction.isEmpty()) {
      throw new Rejection(
          RejectReason.MISSING_FIELD, "a line has neither an id nor a prediction", pointer);
    }
    String model =
        Identification.firstGiven(cell(cells, List.of("model")), message.envelope().model());
    list.add(
        new GroundTruth(
            model,
            cell(cells, List.of("version")),
            ids,
            row(cell(cells, List.of("row")), pointer),
            TruthValues.ofCell(cell(cells, TruthRecord.OUTCOME_KEYS), pointer),
            prediction,
            Map.of()),
        pointer);
  }

  private List<String> ids(CsvLine cells) {
    List<String> ids = new ArrayList<>();
    for (String key : TruthRecord.ID_KEYS) {
      String id = cell(cells, List.of(key));
      if (!id.isEmpty() && !ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private String cell(CsvLine cells, List<String> keys) {
    for (String key : keys) {
      int column = names.indexOf(key);
      if (column >= 0) {
        return cells.trimmed(column);
      }
    }
    return "";
  }

  private static int row(String cell, String pointer) {
    try {
      int row = cell.isEmpty() ? 0 : Integer.parseInt(cell);
      if (row >= 0) {
        return row;
      }
    } catch (NumberFormatException e) {
      // what follows says it
    }
    throw new Rejection(RejectReason.BAD_SHAPE, "row is not a whole number from 0", pointer);
  }

  private static void put(Map<String, Value> values, String key, String cell, String pointer) {
    @Nullable Value value = TruthValues.ofCell(cell, pointer);
    if (value != null) {
      values.put(key, value);
    }
  }
}
