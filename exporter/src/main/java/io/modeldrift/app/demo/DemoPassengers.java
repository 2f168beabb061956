package io.modeldrift.app.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * A few passengers say what they think of the answer, once they know better: thumbs or a correction
 * for a warning that their flight would leave late, stars for how long it was said to be in the
 * air. Some press the wrong button.
 *
 * <p>Says the same in every run. Not thread-safe.
 */
final class DemoPassengers {

  private static final int SAY_SOMETHING_ONE_IN = 200;
  private static final int ERR_ONE_IN = 10;
  private static final int CORRECT_ONE_IN = 3;
  private static final double MINUTES_A_STAR = 5;
  private static final int BEST = 5;

  private final SplittableRandom random = new SplittableRandom(2015);

  /** Returns the records that a payload of feedback consists of. */
  List<Map<String, Object>> say(Answered answered) {
    List<Map<String, Object>> records = new ArrayList<>();
    for (int row = 0; row < answered.flights().size(); row++) {
      OptionalDouble outcome = answered.model().outcome(answered.flights().get(row));
      if (random.nextInt(SAY_SOMETHING_ONE_IN) == 0 && outcome.isPresent()) {
        Map<String, Object> said = new LinkedHashMap<>();
        answered.name(said);
        said.put("inference_id", answered.id());
        said.put("row", row);
        said.putAll(opinion(answered.model(), answered.predictions()[row], outcome.getAsDouble()));
        records.add(said);
      }
    }
    return records;
  }

  private Map<String, Object> opinion(DemoModel model, double predicted, double outcome) {
    return switch (model) {
      case FLIGHT_DELAY -> aboutWarning(model.decision(predicted), outcome);
      case AIR_TIME -> Map.of("rating", stars(Math.abs(predicted - outcome)));
    };
  }

  private Map<String, Object> aboutWarning(double decision, double outcome) {
    boolean right = decision == outcome;
    if (!right && random.nextInt(CORRECT_ONE_IN) == 0) {
      return Map.of("correction", outcome);
    }
    boolean pleased = right != (random.nextInt(ERR_ONE_IN) == 0);
    return Map.of("thumbs", pleased ? "up" : "down");
  }

  private static int stars(double minutesOff) {
    return Math.max(1, BEST - (int) (minutesOff / MINUTES_A_STAR));
  }
}
