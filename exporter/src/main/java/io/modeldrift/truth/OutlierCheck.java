package io.modeldrift.truth;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.baseline.Binner;
import io.modeldrift.baseline.OutlierScore;
import io.modeldrift.distribution.NumericLayout;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.Role;
import java.util.List;
import java.util.Optional;

/** Tells whether a row is an outlier by the baseline's own score. Not thread-safe. */
final class OutlierCheck {

  private record Input(String name, Binner binner, int missing, double[] penalties) {}

  private final List<Input> inputs;
  private final NumericLayout layout;
  private final int firstOutlierBin;

  private OutlierCheck(List<Input> inputs, BaselineColumn score) {
    this.inputs = inputs;
    this.layout = (NumericLayout) score.layout();
    this.firstOutlierBin = OutlierScore.firstOutlierBin(score);
  }

  /** Returns a check; nothing if the baseline keeps no outlier scores. */
  static Optional<OutlierCheck> of(Baseline baseline) {
    List<Input> inputs =
        baseline.columns().stream()
            .filter(column -> column.role() == Role.INPUT)
            .map(OutlierCheck::input)
            .toList();
    return OutlierScore.in(baseline).map(score -> new OutlierCheck(inputs, score));
  }

  private static Input input(BaselineColumn column) {
    return new Input(
        column.name(),
        new Binner(column.layout()),
        column.layout().missing(),
        OutlierScore.penalties(column));
  }

  boolean isOutlier(InferenceBatch batch, int row) {
    double score = 0;
    for (Input input : inputs) {
      Column column = batch.find(Role.INPUT, input.name());
      int bin = column == null ? input.missing() : input.binner().bin(column, row);
      score += input.penalties()[bin];
    }
    return layout.indexOf(score) >= firstOutlierBin;
  }
}
