package io.modeldrift.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.observe.PaneClock;
import io.modeldrift.snapshot.SnapshotException;
import io.modeldrift.snapshot.StateInput;
import io.modeldrift.snapshot.StateOutput;
import io.modeldrift.truth.ModelTruthSettings.Attribute;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttributeRingsTest {

  private static final int[] FIRST_PANES = {0, 0};

  private static AttributeRings<Tally> rings(int most, int mostOfColumn) {
    return new AttributeRings<>(
        most, mostOfColumn, () -> new PaneRing<>(Desk.WINDOWS, () -> Tally.ofClasses(2)));
  }

  private static void count(AttributeRings<Tally> rings, String column, String... names) {
    for (String name : names) {
      rings.of(column, name).open().addClasses(1, 1);
    }
    rings.rings().forEach(ring -> ring.flush(FIRST_PANES));
  }

  private static String rows(AttributeRings<Tally> rings) {
    return rows(rings.each(PaneRing::total)) + " " + rows(rings.each(ring -> ring.window(1)));
  }

  private static String rows(Map<String, Map<String, Tally>> columns) {
    return columns.values().stream()
        .flatMap(of -> of.entrySet().stream())
        .map(value -> value.getKey() + "=" + value.getValue().rows())
        .toList()
        .toString();
  }

  @Test
  void valuesWithoutRoom_countTogether_inTheirColumn() {
    AttributeRings<Tally> rings = rings(4, 3);

    count(rings, "plan", "a", "b", "c", "d", "e", "a");
    count(rings, "age", "old", "young");

    assertThat(rows(rings.each(PaneRing::total)))
        .isEqualTo("[a=2, b=1, c=1, __other__=2, __other__=2]");
  }

  @Test
  void savedValues_thatThereIsLessRoomForNow_areAddedUp() throws SnapshotException {
    AttributeRings<Tally> before = rings(10, 10);
    count(before, "plan", "a", "b", "c", "b");
    StateOutput out = new StateOutput();
    PaneClock clock = new PaneClock(Desk.WINDOWS, 0);
    clock.save(out);
    before.save(out);
    assertThat(rows(before)).isEqualTo("[a=1, b=2, c=1] [a=1, b=2, c=1]");

    AttributeRings<Tally> after = rings(1, 10);
    StateInput in = new StateInput(out.toBytes());
    PaneClock.Saved saved = PaneClock.Saved.restore(in);
    after.restore(in, saved, clock.takeOver(saved, 0), true);

    assertThat(rows(after)).isEqualTo("[a=1, __other__=3] [a=1, __other__=3]");
  }

  @Test
  void manyClasses_haveRoomForFewSegments_andNoRowIsLost() {
    List<String> classes = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    List<String> values = IntStream.range(0, 48).mapToObj(value -> "v" + value).toList();
    List<Attribute> attributes =
        Stream.of("a", "b", "c", "d")
            .map(column -> new Attribute(column, true, true, values, ""))
            .toList();
    OutputSettings output =
        OutputSettings.defaults().withClasses(new OutputClasses(classes, List.of(), List.of()));
    try (Desk desk =
        new Desk(
            StoreSettings.defaults(),
            new ModelTruthSettings(output, attributes),
            new ManualTime())) {
      for (int i = 0; i < values.size(); i++) {
        String value = values.get(i);
        desk.predict("p" + i, i, "a", value, "b", value, "c", value, "d", value);
        desk.report("p" + i, i);
      }

      TruthSnapshot.Scored scored = desk.credit().scored().orElseThrow();
      assertThat(scored.segments()).hasSizeLessThan(50).containsKey("d=__other__");
      for (String column : List.of("a", "b", "c", "d")) {
        assertThat(
                scored.segments().entrySet().stream()
                    .filter(segment -> segment.getKey().startsWith(column + "="))
                    .mapToLong(segment -> segment.getValue().rows())
                    .sum())
            .isEqualTo(48);
        Map<String, GroupTally> groups = Desk.in(scored.groups(), column);
        assertThat(groups.values().stream().mapToLong(GroupTally::rows).sum()).isEqualTo(48);
      }
    }
  }
}
