package io.modeldrift.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineBuilder;
import io.modeldrift.baseline.BaselineSettings;
import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.observe.Observatory;
import io.modeldrift.observe.ObserveSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same rows give the same columns and the same counts, in whichever format they are sent. Not
 * here: OpenAI-style and generate bodies, which hold no rows but texts of which only lengths count.
 */
class OneMeaningTest {

  private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);
  private static final Baseline NAMED = baseline(true);
  private static final Baseline UNNAMED = baseline(false);

  static Stream<Arguments> formatsAndTables() {
    return Stream.concat(
        WireFormat.named().flatMap(f -> SEEDS.stream().map(s -> Arguments.of(f, s, true))),
        WireFormat.unnamed().flatMap(f -> SEEDS.stream().map(s -> Arguments.of(f, s, false))));
  }

  private static WireTable table(long seed, boolean named) {
    return named ? WireTable.named(seed) : WireTable.unnamed(seed);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("formatsAndTables")
  void columns_meanTheSameInEveryFormat(WireFormat format, long seed, boolean named) {
    WireTable table = table(seed, named);
    List<Map<String, Object>> rows =
        Decoding.rowsOf(format.decode(table)).stream()
            .<Map<String, Object>>map(TreeMap::new)
            .toList();

    assertThat(rows).isEqualTo(expectedRows(format.nulls() ? table : table.withoutNulls()));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("formatsAndTables")
  void bins_countTheSameInEveryFormat(WireFormat format, long seed, boolean named) {
    WireTable table = table(seed, named);
    Baseline baseline = named ? NAMED : UNNAMED;

    List<BinnedCounts> counts = observed(baseline, format, table);

    for (int i = 0; i < counts.size(); i++) {
      String name = baseline.columns().get(i).name();
      Counted expected =
          expected(
              baseline.columns().get(i).layout(),
              cells(format.nulls() ? table : table.withoutNulls(), name));
      assertThat(counts.get(i).toArray()).as(name).isEqualTo(expected.counts());
      assertThat(counts.get(i).sums()).as("sums of " + name).isEqualTo(expected.sums());
    }
    assertThat(counts).hasSize(named ? 7 : 3);
  }

  private static List<Map<String, Object>> expectedRows(WireTable table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<String> names = table.decodedNames();
    for (List<@Nullable Object> row : table.flat().rows()) {
      Map<String, Object> cells = new TreeMap<>();
      for (int i = 0; i < names.size(); i++) {
        Object cell = row.get(i);
        cells.put(names.get(i), cell == null ? "(missing)" : cell);
      }
      rows.add(cells);
    }
    return rows;
  }

  private static Baseline baseline(boolean named) {
    BaselineBuilder builder = new BaselineBuilder(BaselineSettings.withDefaults());
    if (named) {
      builder.add(format("native").decode(WireTable.forBaseline()));
    } else {
      WireFormat rows = WireFormat.unnamed().findFirst().orElseThrow();
      for (long seed = 100; seed < 110; seed++) {
        builder.add(rows.decode(WireTable.unnamed(seed)));
      }
    }
    return builder.build(ModelKey.of("m"), Decoding.ARRIVAL, "generated");
  }

  private static WireFormat format(String name) {
    return WireFormat.named().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<BinnedCounts> observed(
      Baseline baseline, WireFormat format, WireTable table) {
    ObserveSettings defaults = ObserveSettings.defaults();
    ObserveSettings.Model model =
        new ObserveSettings.Model(baseline, BaselineSettings.withDefaults(), Map.of());
    Observatory observatory =
        new Observatory(
            new ObserveSettings(defaults.windows(), 1, 1, key -> model), () -> Decoding.ARRIVAL);
    observatory.observe(format.decode(table), format.name());
    return ((ModelSnapshot.Ready) observatory.snapshots().get(0)).columns();
  }

  private static List<@Nullable Object> cells(WireTable table, String name) {
    int column = table.decodedNames().indexOf(name);
    return table.flat().rows().stream().map(row -> row.get(column)).toList();
  }

  private record Counted(long[] counts, double[] sums) {}

  /** Counts once more, by comparing with every edge and every name. */
  private static Counted expected(BinLayout layout, List<@Nullable Object> cells) {
    long[] counts = new long[layout.bins()];
    double[] sums = new double[layout.bins()];
    for (Object cell : cells) {
      int bin = bin(layout, cell);
      counts[bin]++;
      if (cell instanceof Double number && bin < layout.valueBins()) {
        sums[bin] += number;
      }
    }
    return new Counted(counts, sums);
  }

  private static int bin(BinLayout layout, @Nullable Object cell) {
    if (cell == null || cell.equals(Double.NaN)) {
      return layout.missing();
    }
    if (cell instanceof Double number) {
      return numericBin((NumericLayout) layout, number);
    }
    for (int bin = 0; bin < layout.bins(); bin++) {
      if (layout.name(bin).equals(cell)) {
        return bin;
      }
    }
    return bin(layout, BinLayout.UNSEEN);
  }

  private static int numericBin(NumericLayout layout, double number) {
    if (Double.isInfinite(number)) {
      return layout.invalid();
    }
    if (number > layout.max()) {
      return layout.valueBins() - 1;
    }
    int bin = 0;
    for (double edge : layout.lowerEdges()) {
      bin += edge <= number ? 1 : 0;
    }
    return bin;
  }
}
