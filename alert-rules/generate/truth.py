"""Recording rules for performance and fairness of the fleet, from the counters of joined ground truth.

What was counted adds, what was computed does not: the counters of all replicas are added first and the formulas are
applied to the sums. Measures that cannot be had from these counters (ROC AUC, calibration ...) stay per replica.
"""
from generate.fleet import increase
from generate.judged import judged
from generate.model import Group
from generate.names import *  # noqa: F403
from generate.wilson import wilson

ERROR_COUNT = "model:model_regression_error_count:increase"
ERROR_ABSOLUTE = "model:model_regression_error_absolute:increase"
ERROR_SQUARED = "model:model_regression_error_squared:increase"
ERROR_SUMS = {ERROR_COUNT: "model_regression_error_count_total", ERROR_ABSOLUTE: "model_regression_error_absolute_total",
              ERROR_SQUARED: "model_regression_error_squared_total"}
ERROR_OVER = "model:model_regression_error_over:increase"
TRUTH_ABOVE = "model:model_regression_truth_above:increase"
TRUTH_BELOW = "model:model_regression_truth_below:increase"
TRUTH_SQUARED = "model:model_regression_truth_squared:increase"
SIGNED_SUMS = {ERROR_OVER: "model_regression_error_over_total", TRUTH_ABOVE: "model_regression_truth_above_total",
               TRUTH_BELOW: "model_regression_truth_below_total", TRUTH_SQUARED: "model_regression_truth_squared_total"}
RELATIVE = "model:model_regression_error_relative:increase"
NONZERO = "model:model_regression_truth_nonzero:increase"
RELATIVE_SUMS = {RELATIVE: "model_regression_error_relative_total", NONZERO: "model_regression_truth_nonzero_total"}
CONSTANT_TRUTH = 1e-9
LOSS_ROWS = "model:model_log_loss_rows:increase"
LOG_LOSS = "model:model_log_loss:increase"
BRIER = "model:model_brier:increase"
LOSS_SUMS = {LOSS_ROWS: "model_log_loss_rows_total", LOG_LOSS: "model_log_loss_total", BRIER: "model_brier_total"}


def performance_group(context):
    group = Group("model-drift-performance", context.time("1m"))
    key = context.by("model", "version", "segment", "window")
    group.comment("Confusion counts and regression sums per window.")
    labels = context.by("model", "version", "segment", "predicted", "actual")
    for window in context.windows:
        group.record(CONFUSION, increase("model_predictions_scored_total", CONFUSION, labels, window, context), window=window)
    labels = context.by("model", "version", "segment")
    sums(group, ERROR_SUMS | SIGNED_SUMS | RELATIVE_SUMS, labels, context)
    sums(group, LOSS_SUMS, context.by("model", "version"), context)
    group.comment("Predictions with ground truth.")
    group.record(PERFORMANCE_ROWS, f"sum by ({key}) ({CONFUSION}) > 0\nor\nsum by ({key}) ({ERROR_COUNT}) > 0")
    classification(group, key)
    regression(group, key)
    losses(group, key)
    judged(group, context)
    return group


def sums(group, counters, labels, context):
    for series, metric in counters.items():
        for window in context.windows:
            group.record(series, increase(metric, series, labels, window, context), window=window)


def diagonal(series, labels):
    """The elements with predicted = actual."""
    return (f'label_replace({series}, "class", "$1", "predicted", "(.*)")\n'
            f'  and on ({labels}, predicted, actual, class)\n'
            f'  label_replace({series}, "class", "$1", "actual", "(.*)")')


def classification(group, key):
    group.comment("Accuracy with its standard error, then the macro averages over the classes that occur.")
    accuracy = f'{PERFORMANCE}{{metric="accuracy"}}'
    total = f"(sum by ({key}) ({CONFUSION}) > 0)"
    group.record(PERFORMANCE, f"""
(
  sum by ({key}) (
  {diagonal(CONFUSION, key)}
  )
  or
  0 * {total}
)
/
{total}""", metric="accuracy")
    group.record(PERFORMANCE_ERROR, f"sqrt({accuracy} * (1 - {accuracy}) / on ({key}) {PERFORMANCE_ROWS})", metric="accuracy")
    by_class = f"{key}, class"
    predicted, actual = (f'sum by ({by_class}) (label_replace({CONFUSION}, "class", "$1", "{side}", "(.*)"))'
                         for side in ("predicted", "actual"))
    group.record(CLASS_RIGHT, f"""
sum by ({by_class}) (
  {diagonal(CONFUSION, key)}
)""")
    group.record(CLASS_PREDICTED, f"{predicted}\nor\n0 * {actual}")
    group.record(CLASS_ACTUAL, f"{actual}\nor\n0 * {predicted}")
    for metric, below in (("precision_macro", CLASS_PREDICTED), ("recall_macro", CLASS_ACTUAL),
                          ("f1_macro", f"0.5 * ({CLASS_PREDICTED} + {CLASS_ACTUAL})")):
        group.record(PERFORMANCE, f"""
avg by ({key}) (
  {CLASS_RIGHT} / ({below} > 0)
  or
  0 * ({CLASS_PREDICTED} + {CLASS_ACTUAL} > 0)
)""", metric=metric)


def regression(group, key):
    group.comment("Bias, explained variance, mean absolute error with its standard error, mean squared error and its root.")
    group.record(PERFORMANCE, f"(2 * {ERROR_OVER} - {ERROR_ABSOLUTE}) / ({ERROR_COUNT} > 0)", metric="bias")
    # Below this part of the squares the truth does not vary, and what is left is rounding.
    group.record(PERFORMANCE, f"""
1 - {ERROR_SQUARED} / (
  {TRUTH_SQUARED} - ({TRUTH_ABOVE} - {TRUTH_BELOW}) ^ 2 / ({ERROR_COUNT} > 1)
  > {CONSTANT_TRUTH} * {TRUTH_SQUARED}
)""", metric="r2")
    group.record(PERFORMANCE, f"{ERROR_SQUARED} / ({ERROR_COUNT} > 0)", metric="mse")
    group.record(PERFORMANCE, f"{ERROR_ABSOLUTE} / ({ERROR_COUNT} > 0)", metric="mae")
    group.record(PERFORMANCE, f"sqrt({ERROR_SQUARED} / ({ERROR_COUNT} > 0))", metric="rmse")
    group.record(PERFORMANCE_ERROR, f"""
sqrt(
  clamp_min({ERROR_SQUARED} / ({ERROR_COUNT} > 0) - ({ERROR_ABSOLUTE} / ({ERROR_COUNT} > 0)) ^ 2, 0)
  / ({ERROR_COUNT} - 1 > 0)
)""", metric="mae")


def losses(group, key):
    group.comment("Mean relative error, log loss and Brier score; the latter two of all rows with probabilities.")
    group.record(PERFORMANCE, f"{RELATIVE} / ({NONZERO} > 0)", metric="mape")
    for metric, series in (("log_loss", LOG_LOSS), ("brier", BRIER)):
        group.record(PERFORMANCE, f"{series} / ({LOSS_ROWS} > 0)", metric=metric, segment="all")
    group.comment("Their standard error: those of the replicas, weighted by rows.")
    rows = "model_performance_rows"
    group.record(PERFORMANCE_ERROR, f"""
sqrt(
  sum by ({key}, metric) (
    (model_performance_error{{metric=~"log_loss|brier"}} * ignoring (metric) group_left () {rows}) ^ 2
  )
)
/ on ({key}) group_left ()
(sum by ({key}) ({rows}) > 0)""")


def fairness_group(context):
    """Rates per group for every class, and the largest gap between two groups. Needs no word which class is the good one."""
    group = Group("model-drift-fairness", context.time("1m"))
    who = context.by("model", "version", "attribute", "group")
    limits = context.thresholds["fairness"]
    predictions, outcomes = "group:model_group_predictions:increase", "group:model_group_outcomes:increase"
    group.comment("Rows per group, all and with ground truth.")
    for name, counter, labels in ((predictions, "model_group_predictions_total", f"{who}, predicted"),
                                  (outcomes, "model_group_outcomes_total", f"{who}, predicted, actual")):
        for window in context.windows:
            group.record(name, increase(counter, name, labels, window, context), window=window)
    key = f"{who}, window"
    rows, positives = "group:model_fairness_rows:sum", f"{key}, predicted"
    group.comment("Selection rate per predicted class; with truth, the rate at which a class is found.")
    metric = "demographic_parity_difference"
    group.record(rows, f"0 * {predictions} + on ({key}) group_left () (sum by ({key}) ({predictions}) >= {limits['minimumGroupRows']})", metric=metric)
    group.record(FAIRNESS_RATE, f'{predictions} / on ({positives}) {rows}{{metric="{metric}"}}', metric=metric)
    metric = "equal_opportunity_difference"
    same = diagonal(outcomes, key)
    by_class = f"{key}, predicted"
    found = f'sum by ({by_class}) (\n  {same}\n  )'
    # Added up before the class takes the place of the prediction: two series must never become the same one.
    actual = f'sum by ({by_class}) (label_replace(sum by ({key}, actual) ({outcomes}), "predicted", "$1", "actual", "(.*)"))'
    group.record(rows, f"{actual} >= {limits['minimumDenominator']}", metric=metric)
    group.record(FAIRNESS_RATE, f"""
(
  {found}
  or on ({positives})
  0 * {rows}{{metric="{metric}"}}
)
/ on ({positives})
{rows}{{metric="{metric}"}}""", metric=metric)
    group.comment("Bounds per group; a gap is certain when the bounds of two groups do not overlap.")
    for name, sign in ((FAIRNESS_LOW, "-"), (FAIRNESS_HIGH, "+")):
        group.record(name, wilson(FAIRNESS_RATE, rows, sign, "", context))
    apart = context.by("model", "version", "attribute", "metric", "predicted", "window")
    group.record(FAIRNESS, f"""
(max by ({apart}) ({FAIRNESS_RATE}) - min by ({apart}) ({FAIRNESS_RATE}))
and count by ({apart}) ({FAIRNESS_RATE}) > 1""")
    group.record(FAIRNESS_CERTAIN, f"max by ({apart}) ({FAIRNESS_LOW}) > bool min by ({apart}) ({FAIRNESS_HIGH})")
    return group
