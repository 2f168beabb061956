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

  /** About a tenth of the largest body. */
  private static final int MOST_RECORDS = 1_000;

  private final ExporterDoors doors;
  private final long delayRows;
  private final DemoPassengers passengers = new DemoPassengers();
  private final Later outcomes = new Later("/api/v1/ground-truth");
  private final Later opinions = new Later("/api/v1/feedback");

  private record Due(long row, Map<String, Object> record) {}

  /** Records for one door, in the order in which they are due. */
  private final class Later {

    private final String path;
    private final Deque<Due> waiting = new ArrayDeque<>();

    Later(String path) {
      this.path = path;
    }

    void add(long replayed, List<Map<String, Object>> records) {
      records.forEach(record -> waiting.add(new Due(replayed + delayRows, record)));
    }

    /** Sends what is due, as many records at once as a body may hold. */
    void passed(long replayed) {
      List<Map<String, Object>> body = new ArrayList<>();
      while (!waiting.isEmpty() && waiting.element().row() <= replayed) {
        body.add(waiting.remove().record());
        boolean last = waiting.isEmpty() || waiting.element().row() > replayed;
        if (last || body.size() == MOST_RECORDS) {
          doors.post(path, JSON.writeValueAsBytes(body));
          body.clear();
        }
      }
    }
  }

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
    outcomes.add(replayed, outcomes(answered));
    opinions.add(replayed, passengers.say(answered));
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
    outcomes.passed(replayed);
    opinions.passed(replayed);
  }
}
