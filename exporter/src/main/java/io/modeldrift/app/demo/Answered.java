package io.modeldrift.app.demo;

import java.util.List;
import java.util.Map;

/**
 * What one request asked, and what its client was told.
 *
 * <p>The array is shared, not copied; nobody writes to it.
 *
 * @param version of the model, empty if it has only one
 * @param id of the request
 * @param flights that the model was asked about, in order
 * @param predictions one a flight
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Answered(
    DemoModel model, String version, String id, List<Flight> flights, double[] predictions) {

  /** Says in a record for the exporter which model it is about. */
  void name(Map<String, Object> record) {
    record.put("model", model.modelName());
    if (!version.isEmpty()) {
      record.put("version", version);
    }
  }
}
