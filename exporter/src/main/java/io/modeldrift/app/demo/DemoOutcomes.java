package io.modeldrift.app.demo;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports what became of the flights, and what some of their passengers say, some time after the
 * models were asked about them: outcomes are never there at once.
 *
 * <p>For one thread. Posting never holds the replay up; what the exporter does not take is lost.
 */
public final class DemoOutcomes implements DemoWitness {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ExporterDoors doors;
  private final long delayRows;
  private final DemoPassengers passengers = new DemoPassengers();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(long dueRow, String path, byte[] body) {}

  /**
   * Makes a reporter.
   *
   * @param delayRows after how many further flights an outcome is reported
   */
  DemoOutcomes(ExporterDoors doors, long delayRows) {
    this.doors = doors;
    this.delayRows = delayRows;
  }

  /**
   * Returns a reporter to an exporter.
   *
   * @param exporter its root address
   * @param delayRows as above
   */
  public static DemoOutcomes to(URI exporter, long delayRows) {
    return new DemoOutcomes(new RemoteDoors(exporter), delayRows);
  }

  @Override
  public void heard(Answered answered, long replayed) {
    await(replayed, "/api/v1/ground-truth", outcomes(answered));
    await(replayed, "/api/v1/feedback", passengers.say(answered));
  }

  private void await(long replayed, String path, List<Map<String, Object>> records) {
    if (!records.isEmpty()) {
      pending.add(new Pending(replayed + delayRows, path, JSON.writeValueAsBytes(records)));
    }
  }

  private static List<Map<String, Object>> outcomes(Answered answered) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (int row = 0; row < answered.flights().size(); row++) {
      OptionalDouble outcome = answered.model().outcome(answered.flights().get(row));
      if (outcome.isPresent()) {
        Map<String, Object> report = new LinkedHashMap<>();
        answered.name(report);
        report.put("inference_id", answered.id());
        report.put("row", row);
        report.put("actual", outcome.getAsDouble());
        records.add(report);
      }
    }
    return records;
  }

  /** Reports what is due after so many flights. */
  @Override
  public void passed(long replayed) {
    for (Pending next = pending.peek();
        next != null && next.dueRow() <= replayed;
        next = pending.peek()) {
      doors.post(next.path(), next.body());
      pending.remove();
    }
  }
}
