"""Alerts about ground truth: performance, fairness, concept drift, retraining."""
from generate.alert import MODEL
from generate.judged import HIGHER_IS_BETTER, LOWER_IS_BETTER
from generate.names import *  # noqa: F403


def truth(alerts, context):
    texts = alerts.texts
    limit, model, m = context.thresholds["truth"], context.by("model"), context.model
    day, week = context.time(limit["staleAfter"]), context.time("7d")
    alerts.add(
        "ModelGroundTruthStale", f"""
sum by ({model}) (max_over_time({TRUTH_RATE}[{day}])) == 0
and on ({model})
sum by ({model}) (max_over_time({TRUTH_RATE}[{week}])) > 0""", "warning",
        f"No ground truth for model {texts.model} any more",
        f"Not one outcome was joined to a prediction in {limit['staleAfter']}, though some were in the week before. "
        "Performance and fairness are blind.",
        "Check the job that posts outcomes to /api/v1/ground-truth, then whether its ids still match (orphan and late outcomes).",
        "15m", ("performance", "model"))
    performance(alerts, context, limit)
    tolerance = context.thresholds["fairness"]["tolerance"]
    alerts.add(
        "ModelFairnessGap", f"""
{FAIRNESS}{{window="{context.long}"}} > {tolerance}
and
{FAIRNESS_CERTAIN}{{window="{context.long}"}} == 1""", "warning",
        f"{texts.version} treats groups of {{{{ $labels.attribute }}}} differently",
        f"{{{{ $labels.metric }}}} for class {{{{ $labels.predicted }}}} is {{{{ $value | printf \"%.2f\" }}}} over {context.long} "
        f"(tolerated {tolerance}); the intervals of the groups do not overlap.",
        "Nothing to switch off at night unless your policy says so. Tell the owner of the model and whoever answers for fairness.",
        "30m", ("performance", "model", "version"), keep="30m")
    window = context.time("1h")
    alerts.add(
        "ModelConceptDrift", f"""
sum by ({m}, detector) (increase(model_concept_drift_detections_total[{window}])) > 0.5""", "warning",
        f"{texts.version}: the error rate has changed for good",
        f"Detector {{{{ $labels.detector }}}} found a change in the stream of errors within the last {window}: the relation between inputs and outcomes moved.",
        "Look at performance since the change. If it got worse and stays so, retrain on data from after the change.",
        "0s", ("performance", "model", "version"))
    alerts.add(
        "ModelRetrainingRecommended", f"max by ({m}, reason) (model_retraining_recommended) == 1", "warning",
        f"{texts.version} should be retrained",
        "Reason: {{ $labels.reason }}. It has held long enough that a passing disturbance is unlikely.",
        "The retraining pipeline is told by webhook, if one is configured. Otherwise decide in working hours.",
        "15m", MODEL, keep="15m")


def performance(alerts, context, limit):
    texts = alerts.texts
    long, on = context.long, context.by("model", "version", "segment", "metric")
    base = f"max by ({on}) (model_performance_baseline)"
    # A measure without a known error has needed more rows to be judged at all.
    margin = f'({MARGIN}{{window="{long}"}} or 0 * {JUDGED}{{window="{long}"}})'

    def now(metrics):
        return f'sum by ({on}) ({JUDGED}{{metric=~"{metrics}", window="{long}"}})'

    alerts.add(
        "ModelPerformanceDrop", f"""
{now(HIGHER_IS_BETTER)} < on ({on}) {base} - on ({on}) {margin} - {limit["performanceDrop"]}
or
{now(LOWER_IS_BETTER)} > on ({on}) {base} * {1 + limit["errorIncreaseRatio"]} + on ({on}) {margin}""", "critical",
        f"{texts.version} is worse than its baseline",
        f"{{{{ $labels.metric }}}} is {{{{ $value | printf \"%.3f\" }}}} over {long}"
        "{{ if $labels.segment }} in segment {{ $labels.segment }}{{ end }}, "
        + texts.lookup("max by (metric) (model_performance_baseline", "model version metric segment", suffix=")", render='printf "%.3f"')
        + " in the baseline: more than tolerated and more than chance explains.",
        "Check first that the ground truth itself is right (late or one-sided labels). Then consider the previous version or a fallback.",
        "15m", ("performance", "model", "version"), keep="30m")
    estimate = f'max by ({context.by("model", "version", "metric")}) (model_performance_estimate{{metric=~"{HIGHER_IS_BETTER}", window="{context.fast}"}})'
    overall = f'max by ({context.by("model", "version", "metric")}) (model_performance_baseline{{segment=~"|all"}})'
    alerts.add(
        "ModelEstimatedPerformanceDrop", f"""
{estimate} < {overall} - {limit["performanceDrop"]}""", "warning",
        f"{texts.version} has probably become worse",
        f"{{{{ $labels.metric }}}} is estimated at {{{{ $value | printf \"%.3f\" }}}} over {context.fast}, "
        + texts.lookup("max by (metric) (model_performance_baseline", "model version metric", suffix=")", render='printf "%.3f"')
        + " in the baseline. This is an estimate from the model's own confidence; ground truth is not in yet.",
        "Look at the drift of inputs and predictions for the cause. Do not retrain on the estimate alone.",
        "30m", ("performance", "model", "version"), keep="30m")
