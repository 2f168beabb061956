"""Performance with enough outcomes behind it to page somebody, and how much of a difference chance explains.

Every measure needs rows, in the replica that speaks for the fleet as well; those without a known standard error need more.
What is a share of one class needs rows of that class: a recall of 0 from two positives says nothing, whatever else was counted.
"""
from dataclasses import dataclass

from generate.names import *  # noqa: F403

# Recomputed from the counters of all replicas, with and without a known standard error.
FLEET_WITH_ERROR = "accuracy|mae|log_loss|brier"
FLEET_WITHOUT = "precision_macro|recall_macro|f1_macro|rmse|mape|r2"
# As single replicas see them; the best one stands for the fleet.
OF_ACTUAL_CLASS = "recall|specificity|f1|balanced_accuracy|roc_auc"
OF_PREDICTED_CLASS = "precision"
OF_ACTUAL_CLASS_WITHOUT = "mcc|average_precision"
HIGHER_IS_BETTER = ("accuracy|precision|precision_macro|recall|recall_macro|specificity|f1|f1_macro|balanced_accuracy|mcc|roc_auc|"
                    "average_precision|r2")
LOWER_IS_BETTER = "mae|rmse|mape|log_loss|brier|ece"


def judged(group, context):
    judge = Judge(context)
    rows, many = judge.limit["minimumRows"], judge.limit["minimumRowsWithoutError"]
    group.comment("Performance that may raise an alarm: from enough rows, of both classes where a measure is about one.")
    group.record(JUDGED, "\nor\n".join((
        judge.fleet(FLEET_WITH_ERROR, rows), judge.fleet(FLEET_WITHOUT, many), judge.of_class(OF_ACTUAL_CLASS, rows, CLASS_ACTUAL),
        judge.of_class(OF_ACTUAL_CLASS_WITHOUT, many, CLASS_ACTUAL), judge.of_class(OF_PREDICTED_CLASS, rows, CLASS_PREDICTED),
        judge.replica("min", "model_performance", "ece", rows))))
    group.comment("What chance explains of a difference: two standard errors, and for ece twice what it is without any miscalibration.")
    errors = judge.replica("max", "model_performance_error", f"{OF_ACTUAL_CLASS}|{OF_PREDICTED_CLASS}", rows)
    group.record(MARGIN, f'2 * {PERFORMANCE_ERROR}{{window="{context.long}"}}\nor\n2 * {errors}')
    group.record(MARGIN, f'2 * {judge.replica("max", "model_performance", "ece_noise_floor", rows)}', metric="ece")


@dataclass
class Judge:
    context: object

    def __post_init__(self):
        self.limit = self.context.thresholds["truth"]
        self.window = f'window="{self.context.long}"'
        self.segment = self.context.by("model", "version", "segment", "window")
        self.metric = self.context.by("model", "version", "segment", "metric", "window")

    def fleet(self, metrics, least):
        return f"""{PERFORMANCE}{{metric=~"{metrics}", {self.window}}}
and on ({self.segment})
{PERFORMANCE_ROWS}{{{self.window}}} >= {least}"""

    def replica(self, which, series, metrics, least):
        match = "=~" if "|" in metrics else "="
        return f"""{which} by ({self.metric}) (
  {series}{{metric{match}"{metrics}", {self.window}}}
  and ignoring (metric)
  model_performance_rows{{{self.window}}} >= {least}
)"""

    def of_class(self, metrics, least, counts):
        return f"""{self.replica("max", "model_performance", metrics, least)}
and on ({self.segment})
min by ({self.segment}) ({counts}{{{self.window}}}) >= {self.limit['minimumOfClass']}"""
