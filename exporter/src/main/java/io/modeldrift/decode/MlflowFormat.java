package io.modeldrift.decode;

import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * MLflow's dataframes: {@code dataframe_split}, {@code dataframe_records}, and the form before 2.0.
 */
final class MlflowFormat implements JsonFormat {

  private static final List<String> INPUT_KEYS =
      List.of("dataframe_split", "dataframe_records", "instances", "inputs");

  private final Bench bench;

  MlflowFormat(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Protocol protocol(Message message) {
    return Protocol.MLFLOW;
  }

  @Override
  public boolean recognises(JsonOutline body, Message message) {
    return body.has("dataframe_split") || body.has("dataframe_records") || isBareSplit(body);
  }

  private static boolean isBareSplit(JsonOutline body) {
    return body.hasStarting("columns", '[') && body.hasStarting("data", '[');
  }

  /** Returns the id that hosted MLflow puts into bodies; empty if there is none. */
  static String clientId(JsonOutline body) {
    return Identification.firstGiven(
        body.text("client_request_id"), body.text("databricks_request_id"));
  }

  @Override
  public Decoded decode(JsonOutline body, Message message) {
    if (INPUT_KEYS.stream().filter(body::has).count() > 1) {
      throw new Rejection(RejectReason.AMBIGUOUS, "more than one kind of input is given");
    }
    BodyIdentity identity = new BodyIdentity("", "", clientId(body));
    InferenceBatch batch = bench.open(message, identity, BatchKind.REQUEST);
    int firstRow = batch.rows();
    RowWriter rows = new RowWriter(bench, batch, Role.INPUT, false);
    Slice records = body.find("dataframe_records");
    Slice split = body.find("dataframe_split");
    if (records != null) {
      require(Json.isArray(records), "dataframe_records is not an array", "/dataframe_records");
      rows.writeRows(records, firstRow, "/dataframe_records");
    } else if (split != null) {
      require(Json.isObject(split), "dataframe_split is not an object", "/dataframe_split");
      writeSplit(JsonOutline.of(split, 1), rows, batch, "/dataframe_split");
    } else {
      writeSplit(body, rows, batch, "");
    }
    bench.identify(batch, firstRow, message, identity);
    return bench.result(Protocol.MLFLOW);
  }

  private static void writeSplit(
      JsonOutline split, RowWriter rows, InferenceBatch batch, String pointer) {
    Slice data = split.findGiven("data");
    if (data == null || !Json.isArray(data)) {
      throw new Rejection(RejectReason.MISSING_FIELD, "data is not an array", pointer + "/data");
    }
    Slice columns = split.findGiven("columns");
    if (columns == null) {
      rows.writeRows(data, batch.rows(), pointer + "/data");
      return;
    }
    require(Json.isArray(columns), "columns is not an array", pointer + "/columns");
    rows.writeNamedRows(data, names(JsonElements.of(columns, 2)), pointer + "/data");
  }

  private static List<String> names(JsonElements columns) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> names = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Slice column = columns.get(i);
      String name = Json.isScalar(column) ? Json.text(column) : column.text();
      int times = seen.merge(name, 1, Integer::sum);
      names.add(times == 1 ? name : name + "#" + times);
    }
    return names;
  }

  private static void require(boolean condition, String detail, String pointer) {
    if (!condition) {
      throw new Rejection(RejectReason.BAD_SHAPE, detail, pointer);
    }
  }
}
