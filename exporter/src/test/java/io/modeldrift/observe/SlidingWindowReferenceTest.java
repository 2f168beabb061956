package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.statistics.ReferenceValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SlidingWindowReferenceTest {

  static Stream<ReferenceValue> slidingWindow() {
    return ReferenceValue.of("sliding-window");
  }

  @ParameterizedTest
  @MethodSource("slidingWindow")
  void snapshots_matchReference(ReferenceValue reference) {
    int slices = reference.integer("slices");
    Duration span = Duration.ofSeconds((long) slices * reference.integer("slice_seconds"));
    List<Window> windows = List.of(new Window("reference", span, slices));
    ColumnCounts counts = new ColumnCounts(reference.integer("bins"), windows);
    PaneClock clock = new PaneClock(windows, 0);
    List<long[]> snapshots = new ArrayList<>();

    for (JsonNode event : reference.given().get("events")) {
      counts.flush(clock.indexes());
      clock.advance(event.get(1).asLong() * 1000, counts::clear);
      if (event.get(0).asString().equals("snapshot")) {
        snapshots.add(counts.window(0).toArray());
      } else {
        counts.add(event.get(2).asInt(), 0);
      }
    }

    List<long[]> expected =
        ReferenceValue.elements(reference.expected()).map(ReferenceValue::longs).toList();
    assertThat(snapshots).usingRecursiveComparison().isEqualTo(expected);
  }
}
