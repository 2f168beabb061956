"""Scenarios for performance, fairness, concept drift and retraining."""
from alert_scenarios import FAIRNESS, LINK, PERFORMANCE, TRAFFIC
from scenario import Scenario
from series import MODEL, counter, name


def performance():
    """No truth yet, then an accuracy of 0.7, then 0.9; a mean absolute error of 1.5, then 1; AUC per replica."""
    series = {}
    for predicted, actual, good, bad in (("no", "no", 45, 35), ("yes", "yes", 45, 35), ("no", "yes", 5, 15), ("yes", "no", 5, 15)):
        labels = {**MODEL, "segment": "all", "predicted": predicted, "actual": actual, "instance": "a"}
        series[name("model_predictions_scored_total", **labels)] = counter((10, 0), (130, bad), (900, good))
    price = {"model": "price", "version": "v1", "segment": "all", "instance": "a"}
    for part, good, bad in (("count", 100, 100), ("absolute", 100, 150), ("squared", 200, 400), ("over", 75, 125)):
        series[name(f"model_regression_error_{part}_total", **price)] = counter((10, 0), (130, bad), (900, good))
    for part, each in (("error_relative", 25), ("truth_nonzero", 50), ("truth_above", 300), ("truth_below", 100), ("truth_squared", 1200)):
        series[name(f"model_regression_{part}_total", **price)] = counter((1040, each))
    for part, each in (("log_loss", 30), ("log_loss_rows", 100), ("brier", 12)):
        series[name(f"model_{part}_total", **MODEL, instance="a")] = counter((1040, each))
    for labels, metric, value in ((MODEL, "accuracy", 0.9), (MODEL, "roc_auc", 0.95), (price, "mae", 1)):
        series[name("model_performance_baseline", **{**labels, "segment": "all"}, metric=metric)] = f"{value}x1100"
    # one replica is unlucky, the other is not: the best one counts; later both are bad
    for instance, values in (("a", "0.80x1100"), ("b", "0.94x99 0.85x100 0.94x950")):
        labels = {**MODEL, "segment": "all", "window": "1d", "instance": instance}
        series[name("model_performance", **labels, metric="roc_auc")] = values
        series[name("model_performance_error", **labels, metric="roc_auc")] = "0.01x1100"
        series[name("model_performance_rows", **labels)] = "6000x1100"
    series[name("model_performance_estimate", **MODEL, metric="accuracy", window="1h", instance="a")] = "0.89x20 0.80x200 0.89x900"
    test = Scenario("performance", [PERFORMANCE], series, every="5m")
    test.silent("5m")
    test.value('round(model:model_performance:fleet{model="fraud",window="1h"}, 0.0001) + 0', "100m", *(
        ({**MODEL, "segment": "all", "window": "1h", "metric": metric}, 0.7)
        for metric in ("accuracy", "precision_macro", "recall_macro", "f1_macro")), *(
        ({**MODEL, "segment": "all", "window": "1h", "metric": metric}, value)
        for metric, value in (("log_loss", 0.3), ("brier", 0.12))))
    # 100 rows a minute: bias (2·125 − 150)/100, variation of the truth 1200 − (300 − 100)²/100 = 800
    test.value('round(model:model_performance:fleet{model="price",metric!~"mae|rmse",window="1h"}, 0.0001) + 0', "100m", *(
        ({"model": "price", "version": "v1", "segment": "all", "window": "1h", "metric": metric}, value)
        for metric, value in (("mape", 0.5), ("mse", 4), ("bias", 1), ("r2", 0.5))))
    fraud = {**MODEL, "segment": "all"}
    link = f"model-drift-performance{LINK}"
    test.fires("ModelPerformanceDrop", "130m", (
        {**fraud, "metric": "accuracy"}, link, "fraud v1 is worse than its baseline",
        "accuracy is 0.700 over 1d in segment all, 0.900 in the baseline: more than tolerated and more than chance explains."), (
        {**fraud, "metric": "roc_auc"}, link, "fraud v1 is worse than its baseline",
        "roc_auc is 0.850 over 1d in segment all, 0.950 in the baseline: more than tolerated and more than chance explains."), (
        {"model": "price", "version": "v1", "segment": "all", "metric": "mae"}, "model-drift-performance?var-model=price&var-version=v1",
        "price v1 is worse than its baseline",
        "mae is 1.500 over 1d in segment all, 1.000 in the baseline: more than tolerated and more than chance explains."))
    test.fires("ModelEstimatedPerformanceDrop", "130m", (
        {**MODEL, "metric": "accuracy"}, link, "fraud v1 has probably become worse",
        "accuracy is estimated at 0.800 over 1h, 0.900 in the baseline. This is an estimate from the model's own confidence; "
        "ground truth is not in yet."))
    test.silent("1000m")
    return test


def few_outcomes():
    """What looks bad from two outcomes, two positives or within the margin of chance alarms nobody; from enough rows it does."""
    cells = {("0", "0"): "0+5x300", ("1", "0"): "0+1x300", ("1", "1"): "0+1x300", ("0", "1"): "0+1x300"}
    few = {("0", "0"): "0+5x300", ("1", "0"): "0+1x300", ("1", "1"): "0x300", ("0", "1"): "0x20 1x80 2x200"}
    seen = {  # segment: rows, counters, metric -> baseline, value, error
        "two": (2, {}, {"recall": (0.95, 0, 0), "ece": (0.02, 0.4, None), "ece_noise_floor": (0.01, 0.3, None)}),
        "rare": (600, few, {"recall": (0.95, 0, 0), "f1": (0.9, 0, 0), "mcc": (0.8, -0.01, None), "precision": (0.9, 0.4, 0.25)}),
        "unsure": (600, cells, {"roc_auc": (0.95, 0.85, 0.04), "mcc": (0.8, 0.4, None), "ece": (0.02, 0.09, None),
                                "ece_noise_floor": (0.01, 0.05, None)}),
        "surely": (1200, cells, {"recall": (0.95, 0.5, 0.05), "mcc": (0.8, 0.4, None), "ece": (0.02, 0.15, None),
                                 "ece_noise_floor": (0.01, 0.05, None)})}
    series = {}
    for segment, (rows, counts, metrics) in seen.items():
        labels = {**MODEL, "segment": segment}
        own = {**labels, "window": "1d", "instance": "a"}
        series[name("model_performance_rows", **own)] = f"{rows}x300"
        for (predicted, actual), values in counts.items():
            series[name("model_predictions_scored_total", **labels, predicted=predicted, actual=actual, instance="a")] = values
        for metric, (baseline, value, error) in metrics.items():
            series[name("model_performance_baseline", **labels, metric=metric)] = f"{baseline}x300"
            series[name("model_performance", **own, metric=metric)] = f"{value}x300"
            if error is not None:
                series[name("model_performance_error", **own, metric=metric)] = f"{error}x300"
    test = Scenario("few outcomes", [PERFORMANCE], series)
    test.fires("ModelPerformanceDrop", "200m", *(
        ({**MODEL, "segment": "surely", "metric": metric}, f"model-drift-performance{LINK}", "fraud v1 is worse than its baseline",
         f"{metric} is {value} over 1d in segment surely, {baseline} in the baseline: more than tolerated and more than chance explains.")
        for metric, value, baseline in (("recall", "0.500", "0.950"), ("mcc", "0.400", "0.800"), ("ece", "0.150", "0.020"))))
    return test


def uneven_losses():
    """The mean log loss is a third above the baseline's. Chance explains that of 120 rows, and not of 1,200."""
    series = {}
    for model, rows in (("small", 120), ("large", 1200)):
        labels = {"model": model, "version": "v1"}
        for part, each in (("log_loss", 0.4 * rows), ("log_loss_rows", rows)):
            series[name(f"model_{part}_total", **labels, instance="a")] = f"0+{each / 100:g}x300"
        for actual in ("0", "1"):
            series[name("model_predictions_scored_total", **labels, segment="all", predicted=actual, actual=actual, instance="a")] = (
                f"0+{rows / 200:g}x300")
        series[name("model_performance_baseline", **labels, segment="all", metric="log_loss")] = "0.3x300"
        # two replicas with half of the rows each: together they know it better
        for instance in ("a", "b"):
            own = {**labels, "segment": "all", "window": "1d", "instance": instance}
            series[name("model_performance_rows", **own)] = f"{rows // 2}x300"
            series[name("model_performance_error", **own, metric="log_loss")] = f"{0.5 * (2 / rows) ** 0.5}x300"
    test = Scenario("uneven losses", [PERFORMANCE], series)
    test.value('round(model:model_performance_error:fleet{window="1d",metric="log_loss"}, 0.0001)', "100m", *(
        ({"model": model, "version": "v1", "segment": "all", "window": "1d", "metric": "log_loss"}, value)
        for model, value in (("small", 0.0456), ("large", 0.0144))))
    test.fires("ModelPerformanceDrop", "100m", (
        {"model": "large", "version": "v1", "segment": "all", "metric": "log_loss"},
        "model-drift-performance?var-model=large&var-version=v1", "large v1 is worse than its baseline",
        "log_loss is 0.400 over 1d in segment all, 0.300 in the baseline: more than tolerated and more than chance explains."))
    return test


def fairness():
    """Group b is approved less and less often, and as often rightly; group c is too small to say anything about."""
    series = {}
    for group, approved, bad, declined, worse in (("a", 50, 50, 50, 50), ("b", 48, 20, 52, 80), ("c", 0, 0, 1, 1)):
        for predicted, good, later in (("approved", approved, bad), ("declined", declined, worse)):
            labels = {**MODEL, "attribute": "gender", "group": group, "predicted": predicted}
            series[name("model_group_predictions_total", **labels, instance="x")] = (
                counter((20, good), (100, later), (900, good)) if group != "c" else "0x20 5x1000")
            if group != "c":
                other = "declined" if predicted == "approved" else "approved"
                series[name("model_group_outcomes_total", **labels, actual=predicted, instance="x")] = counter((1020, good))
                series[name("model_group_outcomes_total", **labels, actual=other, instance="x")] = counter((1020, 10))
    test = Scenario("fairness", [FAIRNESS], series, every="5m")
    test.silent("20m")
    link = f"model-drift-performance{LINK}"
    test.fires("ModelFairnessGap", "120m", *(
        ({**MODEL, "attribute": "gender", "metric": "demographic_parity_difference", "predicted": predicted, "window": "1d"}, link,
         "fraud v1 treats groups of gender differently",
         f"demographic_parity_difference for class {predicted} is 0.25 over 1d (tolerated 0.1); the intervals of the groups do not overlap.")
        for predicted in ("approved", "declined")))
    test.silent("1000m")
    return test


def ground_truth_stops():
    truth = name("model_ground_truth_total", **MODEL, outcome="matched", instance="a")
    orphan = name("model_ground_truth_total", **MODEL, outcome="orphan", instance="a")
    test = Scenario("ground truth stops", [TRAFFIC], {truth: counter((60, 10), (1800, 0), (200, 10)), orphan: counter((2060, 5))}, every="5m")
    test.silent("1400m")
    test.fires("ModelGroundTruthStale", "1700m", (
        {"model": "fraud"}, "model-drift-performance?var-model=fraud", "No ground truth for model fraud any more",
        "Not one outcome was joined to a prediction in 1d, though some were in the week before. Performance and fairness are blind."))
    test.silent("2000m")
    return test


def concept_drift_and_retraining():
    series = {name("model_concept_drift_detections_total", **MODEL, detector="adwin", instance="a"): "0x20 1x300",
              name("model_retraining_recommended", **MODEL, reason="persistent_drift", instance="a"): "0x20 1x60 0x200",
              name("model_retraining_recommended", **MODEL, reason="persistent_drift", instance="b"): "0x300"}
    test = Scenario("concept drift and retraining", [], series)
    test.silent("15m")
    test.fires("ModelConceptDrift", "50m", (
        {**MODEL, "detector": "adwin"}, f"model-drift-performance{LINK}", "fraud v1: the error rate has changed for good",
        "Detector adwin found a change in the stream of errors within the last 1h: the relation between inputs and outcomes moved."))
    test.fires("ModelRetrainingRecommended", "50m", (
        {**MODEL, "reason": "persistent_drift"}, f"model-drift-model{LINK}", "fraud v1 should be retrained",
        "Reason: persistent_drift. It has held long enough that a passing disturbance is unlikely."))
    test.silent("150m")
    return test
