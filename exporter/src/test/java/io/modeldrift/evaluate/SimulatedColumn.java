package io.modeldrift.evaluate;

import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinLayout;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.distribution.CategoryCounts;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Role;
import io.modeldrift.statistics.Dispersion;
import io.modeldrift.statistics.WassersteinNull;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A baseline column made of a simulated stream, and windows counted over its bins. */
final class SimulatedColumn {

  private static final int BINS = 10;
  private static final int CHUNKS = 30;

  private final BinLayout layout;
  private final int[] liveBins;
  private final int[] baselineBins;
  private final ColumnReference reference;
  private final ColumnReference withoutChunks;

  SimulatedColumn(Streams.Stream stream, Streams.Source source, int rows) {
    double[] values = new double[rows];
    Arrays.setAll(values, i -> source.next() + 0.0);
    if (stream.categorical()) {
      Map<String, Long> frequencies = frequencies(values);
      CategoricalLayout categories = CategoryCounts.of(frequencies, 50, 5, 0, 0).layout();
      layout = categories;
      liveBins = bins(categories);
      baselineBins = withSingletonsUnseen(liveBins, categories.unseen(), frequencies);
    } else {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      layout = NumericLayout.ofQuantiles(sorted, BINS);
      liveBins = new int[0];
      baselineBins = liveBins;
    }
    BinnedCounts[] chunks = chunks(values);
    DriftSettings settings = DriftSettings.withDefaults();
    BaselineColumn column = column(values, List.of(chunks));
    reference = ColumnReference.of(column, settings);
    withoutChunks =
        new ColumnReference(
            column,
            new Dispersion(1, 1, false),
            WassersteinNull.ofBridgeArea(reference.wassersteinNull().bridgeArea()),
            reference.measures(),
            reference.tolerances(),
            1);
  }

  ColumnReference reference() {
    return reference;
  }

  /** The same column as if its rows were known to be independent. */
  ColumnReference withoutChunks() {
    return withoutChunks;
  }

  BinnedCounts window(Streams.Source source, int rows) {
    double[] values = new double[rows];
    Arrays.setAll(values, i -> source.next() + 0.0);
    return counts(values, 0, rows, liveBins);
  }

  private BinnedCounts[] chunks(double[] values) {
    BinnedCounts[] chunks = new BinnedCounts[CHUNKS];
    for (int i = 0; i < CHUNKS; i++) {
      chunks[i] = counts(values, start(values, i), start(values, i + 1), baselineBins);
    }
    return chunks;
  }

  private BaselineColumn column(double[] values, List<BinnedCounts> chunks) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new BaselineColumn(
        "simulated",
        Role.INPUT,
        layout,
        chunks.stream().reduce(BinnedCounts::plus).orElseThrow(),
        mean,
        Math.sqrt(squares / values.length),
        chunks,
        1);
  }

  private static int start(double[] values, int chunk) {
    return (int) ((long) values.length * chunk / CHUNKS);
  }

  private BinnedCounts counts(double[] values, int from, int to, int[] binOfCategory) {
    long[] counts = new long[layout.bins()];
    double[] sums = new double[layout.bins()];
    for (int i = from; i < to; i++) {
      int bin = bin(values[i], binOfCategory);
      counts[bin]++;
      sums[bin] += values[i];
    }
    return BinnedCounts.of(counts, layout.valueBins() > 0 ? sums : new double[0]);
  }

  private int bin(double value, int[] binOfCategory) {
    if (layout instanceof NumericLayout numeric) {
      return numeric.indexOf(value);
    }
    return binOfCategory[(int) value];
  }

  private static Map<String, Long> frequencies(double[] values) {
    Map<String, Long> frequencies = new HashMap<>();
    for (double value : values) {
      frequencies.merge(Integer.toString((int) value), 1L, Long::sum);
    }
    return frequencies;
  }

  private static int[] bins(CategoricalLayout layout) {
    int[] bins = new int[Streams.CATEGORIES];
    Arrays.setAll(
        bins,
        category -> {
          char[] text = Integer.toString(category).toCharArray();
          return layout.indexOf(text, 0, text.length);
        });
    return bins;
  }

  /** A category seen once is unseen in the baseline and its chunks, but other in traffic. */
  private static int[] withSingletonsUnseen(
      int[] liveBins, int unseen, Map<String, Long> frequencies) {
    int[] bins = liveBins.clone();
    Arrays.setAll(
        bins,
        category ->
            frequencies.getOrDefault(Integer.toString(category), 0L) == 1
                ? unseen
                : liveBins[category]);
    return bins;
  }
}
