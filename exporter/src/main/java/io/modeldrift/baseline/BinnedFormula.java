package io.modeldrift.baseline;

import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A score from the bins of all input columns. */
final class BinnedFormula implements RowFormula {

  private final DerivedColumn.RowScore score;
  private final String[] names;
  private final Binner[] binners;
  private final @Nullable Column[] columns;
  private final int[] bins;

  /**
   * @param inputs all input columns of the baseline
   * @param counting the bins of each, as the baseline's own rows are counted
   */
  BinnedFormula(DerivedColumn derived, List<BaselineColumn> inputs, List<ColumnBins> counting) {
    this.score = derived.scoreWith(inputs);
    this.names = inputs.stream().map(BaselineColumn::name).toArray(String[]::new);
    this.binners = counting.stream().map(b -> new Binner(b.counting())).toArray(Binner[]::new);
    this.columns = new @Nullable Column[names.length];
    this.bins = new int[names.length];
  }

  @Override
  public void bind(InferenceBatch batch) {
    for (int i = 0; i < names.length; i++) {
      columns[i] = batch.find(Role.INPUT, names[i]);
    }
  }

  @Override
  public double of(int row) {
    for (int i = 0; i < bins.length; i++) {
      Column column = columns[i];
      bins[i] = column == null ? binners[i].layout().missing() : binners[i].bin(column, row);
    }
    return score.of(bins);
  }
}
