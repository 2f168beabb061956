"""The recorded scores, thresholds and states against an independent computation, in both versions of Prometheus."""
import random
import unittest

import reference
from promtool import BothVersions
from scenario import Scenario, directory
from series import column, inferences, name

BASELINE, FLEET, TRAFFIC = "model-drift-baseline", "model-drift-fleet", "model-drift-traffic"
FRAUD = {"model": "fraud", "version": "v1"}
TEN = [f"{index:02d}" for index in range(10)]
SKEW = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10]
COUNTRY = ["DE", "FR", "US", "__other__", "__missing__", "__unseen__", "__invalid__"]
MEASURES = ("psi", "js_distance", "l_infinity", "ks", "wasserstein")
UNORDERED_ONLY = ("js_distance", "l_infinity")

# feature: role, bins, baseline rows, replicas (rows after minute 11, more after minute 56, options), steps, settings
FEATURES = {
    "amount": ("input", TEN, [500, 800, 1000, 1200, 1500, 1500, 1200, 1000, 800, 500],
               [([20, 40, 60, 80, 120, 150, 150, 130, 120, 130], [5, 6, 10, 20, 40, 60, 80, 90, 100, 120], {}),
                ([18, 42, 63, 80, 118, 155, 149, 128, 124, 133], [4, 8, 12, 18, 42, 58, 81, 92, 97, 118], {}),
                ([21, 39, 58, 83, 121, 149, 152, 131, 118, 128], [6, 5, 9, 21, 39, 61, 79, 91, 101, 121], {})],
               [.5, .4, .3, .25, .25, .3, .4, .5, 1.], dict(dispersion=2.25, unevenness=1.8, importance=.5)),
    "age": ("input", TEN, [1000] * 10, [([100] * 10, [60] * 10, {})] * 2, [.2] * 9, {}),
    "empty_now": ("input", TEN, [1000] * 10, [([0] + [100] * 9, [0] + [70] * 9, {})], [.2] * 9, {}),
    "empty_baseline": ("input", TEN, [0] + [1000] * 9, [([50] + [100] * 9, [30] + [70] * 9, {})], [.2] * 9, {}),
    "series_missing": ("input", TEN, [1000] * 10, [([None] + [100] * 9, [None] + [70] * 9, {})], [.2] * 9, {}),
    "country": ("input", COUNTRY, [3000, 2000, 4500, 400, 100, 0, 0],
                [([200, 210, 350, 80, 40, 0, 0], [100, 120, 250, 60, 70, 0, 0], {}),
                 ([190, 220, 340, 90, 45, 3, 0], [110, 115, 260, 50, 65, 2, 0], {})], None, dict(importance=.3)),
    "undeclared_bin": ("input", ["DE", "FR", "XX"], [6000, 4000, None], [([300, 200, 100], [300, 200, 250], {})], None, {}),
    "no_baseline": ("input", ["a", "b"], None, [([400, 600], [400, 600], {})], None, {}),
    "low_traffic": ("input", ["a", "b"], [5000, 5000], [([50, 9], [20, 20], {})], None, {}),
    "idle": ("input", ["a", "b"], [5000, 5000], [], None, {}),
    "tiny_baseline": ("input", TEN, [9] * 10, [([100] * 10, [60] * 10, {})], None, {}),
    "restarted": ("input", TEN, [1000] * 10, [(SKEW, [60] * 10, {}), (SKEW, [80] * 10, dict(restart=30))], [.2] * 9, {}),
    "added": ("input", TEN, [1000] * 10, [([60] * 10, [50] * 10, {}), ([0] * 10, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], dict(start=50))],
              [.2] * 9, {}),
    "tolerant": ("input", TEN, [1000] * 10, [(SKEW, [60] * 10, {})], [.2] * 9, dict(tolerances=dict(warning=.3, drifted=.6))),
    "length": ("derived", TEN[:4], [4000, 3000, 2000, 1000], [([210, 160, 110, 60], [430, 330, 220, 120], {})], [.4] * 3, {}),
    "score": ("output", [*TEN[:5], "__missing__"], [3000, 2500, 2000, 1500, 800, 200],
              [([150, 150, 150, 150, 150, 80], [100, 120, 140, 150, 160, 130], {})], [.5] * 4, {}),
    "single": ("output", ["__other__"], [10000], [([600], [600], {})], None, {}),
}


def bursts(first, second, restart=None, start=0):
    """0, then `first` from minute 12 on, then `second` more from minute 57 on. Flat at the edges of the windows that are read,
    so that nothing is extrapolated and both versions see the same rows."""
    value, samples = 0, []
    for minute in range(61):
        value = 0 if minute == restart else value
        value += {12: first, 57: second}.get(minute, 0)
        samples.append("_" if minute < start else str(value))
    return " ".join(samples)


def feature_series(feature):
    role, bins, baseline, replicas, steps, settings = FEATURES[feature]
    labels, series = {**FRAUD, "feature": feature, "role": role}, {}
    for index, (first, second, options) in enumerate(replicas):
        for bin_, one, two in zip(bins, first, second):
            if one is not None:
                series[name("model_feature_values_total", **labels, bin=bin_, instance=index)] = bursts(one, two, **options)
    for index in range(max(1, len(replicas)) if baseline else 0):
        for bin_, rows in zip(bins, baseline):
            if rows is not None:
                series[name("model_feature_baseline_values", **labels, bin=bin_, lower="l" + bin_, upper="u" + bin_, instance=index)] = f"{rows}x60"
        for bin_, step in zip(bins, steps or []):
            series[name("model_feature_bin_step", **labels, bin=bin_, instance=index)] = f"{step}x60"
        for key in ("dispersion", "unevenness"):
            if key in settings:
                series[name(f"model_feature_baseline_{key}", **labels, instance=index)] = f"{settings[key]}x60"
        named = {**FRAUD, "feature": feature, "instance": index}
        if "importance" in settings:
            series[name("model_feature_importance", **named)] = f"{settings['importance']}x60"
        for severity, value in settings.get("tolerances", {}).items():
            series[name("model_feature_drift_tolerance", **named, severity=severity)] = f"{value}x60"
    return series


def window_rows(feature, window):
    _, bins, _, replicas, _, _ = FEATURES[feature]
    return [sum((first[i] or 0) + ((second[i] or 0) if window == "1h" else 0) for first, second, _ in replicas) for i in range(len(bins))]


def expected(window):
    """feature -> verdict, and feature -> scores; families are the roles."""
    verdicts, scores = {}, {}
    for feature, (_, _, baseline, _, steps, settings) in FEATURES.items():
        if baseline:
            rows = [each or 0 for each in baseline], window_rows(feature, window)
            verdicts[feature] = reference.verdict(*rows, settings.get("dispersion", 1), settings.get("unevenness", 1), settings.get("tolerances"))
            if verdicts[feature]["state"] >= 0:
                scores[feature] = reference.measures(*rows, steps)
    for role in ("input", "output", "derived"):
        reference.judge([verdict for feature, verdict in verdicts.items() if FEATURES[feature][0] == role])
    return verdicts, scores


def rounded(value):
    return round(value, 6) + 0.0


class FleetTest(BothVersions):
    def run_all(self, *scenarios):
        with directory() as target:
            for scenario in scenarios:
                with self.subTest(scenario=scenario.name):
                    self.passes("promtool", "test", "rules", scenario.write(target))

    def test_scoresThresholdsAndStates_areThoseOfTheReference(self):
        """Three replicas, a restart, a late replica, a missing series, bins and baselines of every awkward kind."""
        series = {key: values for feature in FEATURES for key, values in feature_series(feature).items()}
        scenario = Scenario("values", [BASELINE, FLEET], series, every="5m")
        for window, at in (("5m", "15m"), ("1h", "60m")):
            self.expect_window(scenario, window, at, *expected(window))

        self.run_all(scenario)

    def expect_window(self, scenario, window, at, verdicts, scores):
        def key(feature, **more):
            return {**FRAUD, "feature": feature, "role": FEATURES[feature][0], "window": window, **more}

        def fleet(what):
            return f'feature:model_feature_{what}:fleet{{window="{window}"}} + 0'

        scenario.value(f'feature:model_feature_values:increase{{window="{window}"}} + 0', at,
                       *((key(feature), sum(window_rows(feature, window))) for feature in FEATURES))
        scenario.value(fleet("required_rows"), at, *((key(feature), each["required"]) for feature, each in verdicts.items() if each["required"]))
        scenario.value(fleet("drift_state"), at, (key("no_baseline"), -1), *((key(feature), each["state"]) for feature, each in verdicts.items()))
        scenario.value(fleet("insufficient"), at, *(
            (key(feature, reason=reason), 1) for feature, reason in (
                ("no_baseline", "no_baseline"), ("tiny_baseline", "baseline_too_small"), ("idle", "no_rows"), ("low_traffic", "too_few_rows"))))
        for measure in MEASURES:
            scenario.value(f'round(feature:model_feature_drift_score:fleet{{measure="{measure}",window="{window}"}}, 0.000001) + 0', at,
                           *((key(feature, measure=measure), rounded(each[measure])) for feature, each in scores.items()
                             if measure in each and not (measure in UNORDERED_ONLY and FEATURES[feature][4])))
        judged = {feature: each for feature, each in verdicts.items() if each["state"] >= 0}
        for feature, each in judged.items():
            for severity in ("warning", "drifted"):
                scenario.series[name("expected_threshold", **key(feature, severity=severity))] = f"{each[severity]!r}x60"
        threshold = f'feature:model_feature_drift_threshold:fleet{{window="{window}"}}'
        scenario.value(f"count(abs({threshold} / ignoring (measure) expected_threshold - 1) < 0.01)", at, ({}, 2 * len(judged)))
        for role in ("input", "output", "derived"):
            self.expect_roll_up(scenario, window, at, role, {feature: each for feature, each in judged.items() if FEATURES[feature][0] == role})

    @staticmethod
    def expect_roll_up(scenario, window, at, role, family):
        labels = {**FRAUD, "role": role, "window": window}
        weight = {feature: FEATURES[feature][5].get("importance", 1) for feature in family}
        mean = sum(max(0, each["psi"] - each["floor"]) * weight[feature] for feature, each in family.items()) / sum(weight.values())
        selector = f'{{role="{role}",window="{window}"}}'
        scenario.value(f"round(model:model_drifted_features:ratio{selector}, 0.000001) + 0", at,
                       (labels, rounded(sum(each["state"] == 2 for each in family.values()) / len(family))))
        scenario.value(f"round(model:model_drift_score:mean{selector}, 0.000001) + 0", at, (labels, rounded(mean)))
        scenario.value(f"model:model_drift_state:max{selector} + 0", at, (labels, max(each["state"] for each in family.values())))

    def test_thresholds_areWithinOnePerCentOfTheExactQuantile(self):
        """Each point is a model of its own, so that the correction for many features changes nothing."""
        series, points = {}, 0
        for bins in (2, 3, 5, 12, 20):
            for baseline in (2000, 2_000_000):
                for rows in (200, 1500, 2_000_000):
                    if bins == 20 and rows == 200:
                        continue
                    labels = {"model": f"grid{points}", "feature": "x"}
                    split = lambda total: [total // bins + (1 if index < total % bins else 0) for index in range(bins)]  # noqa: E731,B023
                    series |= column("x", {f"b{index:02d}": (b, f"0x11 {c}x48") for index, (b, c) in enumerate(zip(split(baseline), split(rows)))},
                                     model=labels["model"])
                    unit = 1 / baseline + 1 / rows
                    for severity, tolerance in reference.TOLERANCE.items():
                        exact = unit * reference.quantile(reference.ALPHA, bins - 1, tolerance / unit)
                        series[name("expected_threshold", model=labels["model"], severity=severity)] = f"{exact!r}x60"
                    points += 1
        scenario = Scenario("threshold grid", [BASELINE, FLEET], series, every="20m")
        threshold = 'feature:model_feature_drift_threshold:fleet{window="1h"}'
        scenario.value(f"count(abs({threshold} / on (model, severity) expected_threshold - 1) < 0.01)", "60m", ({}, 2 * points))

        self.run_all(scenario)

    def test_longWindow_addsUpRecordedCounts(self):
        series = column("x", {"00": (5000, "0+30x1600"), "01": (5000, "0+10x800 8000+30x800")})
        scenario = Scenario("long window", [BASELINE, FLEET], series, every="3m")
        labels = {**FRAUD, "feature": "x", "role": "input", "window": "1d"}
        scenario.value('round(feature_bin:model_feature_values:increase{window="1d",bin="00"}, 1) + 0', "1503m", ({**labels, "bin": "00"}, 43200))
        scenario.value('feature:model_feature_drift_state:fleet{window="1d"} + 0', "1503m", (labels, 1))

        self.run_all(scenario)

    def test_counterBornAboveZero_losesItsFirstValue(self):
        """Why exporters expose zeros from the start."""
        series = column("x", {"00": (5000, "0x20 1000x40"), "01": (5000, "_x20 1000x40")})
        scenario = Scenario("born above zero", [BASELINE, FLEET], series, every="20m")
        labels = {**FRAUD, "feature": "x", "role": "input", "window": "1h"}
        scenario.value('feature_bin:model_feature_values:increase{window="1h"} + 0', "60m", ({**labels, "bin": "00"}, 1000), ({**labels, "bin": "01"}, 0))

        self.run_all(scenario)

    def test_driftFreeTrafficOfThreeReplicas_staysStableForAnHour_andAShiftIsFound(self):
        """Random rows, 12 quantile bins; from minute 75 on the mean of one column is half a standard deviation higher."""
        self.run_all(*(noisy_hour(seed) for seed in (1, 2)))


def noisy_hour(seed, features=6, rows_per_minute=100):
    draw, series = random.Random(seed), {}
    edges = sorted(draw.gauss(0, 1) for _ in range(20000))[20000 // 12::20000 // 12][:11]
    bins = [f"{index:02d}" for index in range(12)]

    def count(rows, shift):
        counts = [0] * 12
        for _ in range(rows):
            value = draw.gauss(shift, 1)
            counts[sum(value >= edge for edge in edges)] += 1
        return counts

    for feature in range(features):
        baseline = count(10000, 0)
        for replica in range(3):
            totals, samples = [0] * 12, [[0] for _ in bins]
            for minute in range(1, 86):
                step = count(rows_per_minute, 0.5 if feature == 0 and minute > 75 else 0)
                totals = [total + more for total, more in zip(totals, step)]
                for index, total in enumerate(totals):
                    samples[index].append(total)
            series |= column(f"f{feature}", {bin_: (baseline[index], " ".join(map(str, samples[index]))) for index, bin_ in enumerate(bins)},
                             instance=replica)
    scenario = Scenario(f"noise {seed}", [BASELINE, FLEET, TRAFFIC], {**series, **inferences((85, 3 * rows_per_minute))})
    state = "feature:model_feature_drift_state:fleet"
    for at in range(15, 76, 5):
        scenario.value(f"count({state} == 0)", f"{at}m", ({}, 3 * features))
    scenario.value(f'max_over_time({state}{{window="5m",feature="f0"}}[60m]) + 0', "75m",
                   ({**FRAUD, "feature": "f0", "role": "input", "window": "5m"}, 0))
    # The fast window holds enough rows of the shift five minutes after it began at the latest.
    scenario.value(f'{state}{{window="5m",feature="f0"}} + 0', "81m", ({**FRAUD, "feature": "f0", "role": "input", "window": "5m"}, 2))
    scenario.value(f'count({state}{{window="5m",feature!="f0"}} == 0)', "81m", ({}, features - 1))
    return scenario


if __name__ == "__main__":
    unittest.main()
