"""The verdict of one family of tests: bins -> rows -> PSI -> noise-aware threshold -> state.

Used for a version against its baseline and for a version against the reference version of its model. The formulas are
those that a replica computes for itself, see docs/statistics.md; PromQL has no noncentral chi-square quantile, so
Sankaran's closed form stands for it (relative error of the 0.99 quantile at most 0.9 %).
"""
from dataclasses import dataclass
from statistics import NormalDist

SEVERITIES = ("warning", "drifted")


@dataclass(frozen=True)
class Family:
    """Names and label lists of one family. `stem` is the middle part of every recorded name."""

    stem: str
    key: str            # labels of one test without the window
    test: str           # labels of one test: key and window
    family: str         # labels of the tests that are corrected together
    current: str        # bins of the window: counts
    baseline: str       # bins of the baseline beside every count
    baseline_rows: str  # rows of the baseline per feature
    per_window: bool    # the baseline side has a window label of its own

    @property
    def baseline_match(self):
        return f"on ({self.test if self.per_window else self.key}) group_left ()"

    def name(self, what, unit="fleet", level="feature"):
        return f"{level}:{self.stem}_{what}:{unit}"


def sufficiency(group, family, context, dispersion, tolerance):
    """Bins in use, rows required, rows if enough. `dispersion` is matched on `key`."""
    count = family.name("values", "increase")
    bins, noise = family.name("bins", "count"), family.name("noise", "factor")
    required, rows = family.name("required_rows"), family.name("verdict_rows")
    baseline = f"{family.baseline_match} {family.baseline_rows}"
    group.record(count, f"sum by ({family.test}) ({family.current})")
    group.comment("Bins in use (non-empty on at least one side), rows that a verdict needs, rows if there are enough.")
    group.record(bins, f"count by ({family.test}) ({family.current} + {family.baseline} > 0)")
    group.record(noise, f"({bins} - 1) * {dispersion}")
    group.record(required, f"""
clamp_min(
  ceil(
    {noise}
    /
    (
      -1 * (
        {noise} / {baseline}
        - {tolerance('severity="drifted"')}
      )
      > 0
    )
  ),
  {context.thresholds["drift"]["minimumRows"]}
)""")
    group.record(rows, f"{count} >= {required}")


def smoothed_shares(group, family):
    """Half-count shares over the bins in use, absent below the required rows."""
    observed, expected = smoothed(family)
    bins, rows = family.name("bins", "count"), family.name("verdict_rows")
    group.record(observed, f"""
({family.current} + 0.5)
/ on ({family.test}) group_left ()
({rows} + 0.5 * {bins})
and {family.current} + {family.baseline} > 0""")
    group.record(expected, f"""
({family.baseline} + 0.5)
/ on ({family.test}) group_left ()
(0.5 * {bins} + {family.baseline_match} {family.baseline_rows})
and {observed}""")


def smoothed(family):
    return family.name("observed_smoothed", "ratio", "feature_bin"), family.name("expected_smoothed", "ratio", "feature_bin")


def verdict(group, family, context, dispersion, unevenness, tolerance):
    """Score, threshold and state. The three settings are vectors that match on `key`, written with their `on`."""
    observed, expected = smoothed(family)
    bins, rows = family.name("bins", "count"), family.name("verdict_rows")
    score, unit = family.name("drift_score"), family.name("noise_unit")
    freedom, noncentrality = family.name("freedom"), family.name("noncentrality")
    test = family.test
    group.comment("The score on which the verdict rests.")
    group.record(score, f"sum by ({test}) (({observed} - {expected}) * ln({observed} / {expected}))", measure="psi")
    group.comment("Noise unit, noise floor, degrees of freedom, noncentrality per severity.")
    group.record(unit, f"""
(1 / {rows} + {family.baseline_match} (1 / {family.baseline_rows}))
* {dispersion}
* {unevenness}""")
    group.record(family.name("noise_floor"), f"({bins} - 1) * {unit} / {unevenness}")
    group.record(freedom, f"clamp_min(({bins} - 1) / {unevenness}, 1)")
    for severity in SEVERITIES:
        selector = f'severity="{severity}"'
        group.record(noncentrality, f"1 / {unit} * {tolerance(selector)}", severity=severity)
    sankaran(group, family)
    critical = critical_value(group, family, context)
    threshold_and_state(group, family, critical)


def sankaran(group, family):
    freedom, noncentrality = family.name("freedom"), family.name("noncentrality")
    mean, power = family.name("chi2_mean"), family.name("chi2_power")
    spread = family.name("chi2_spread")
    group.comment("Sankaran: with power h, (chi2 / mean) ^ h is nearly normal with this location and scale.")
    group.record(mean, f"{noncentrality} + on ({family.test}) group_left () {freedom}")
    group.record(power, f"1 - 2 * {mean} * ({mean} + 2 * {noncentrality}) / (3 * ({mean} + {noncentrality}) ^ 2)")
    group.record(spread, f"({mean} + {noncentrality}) / {mean} ^ 2")
    group.record(family.name("chi2_location"), f"""
1 + {power} * {spread} * (
  {power} - 1
  - 0.5 * (2 - {power}) * ({power} - 1) * (1 - 3 * {power}) * {spread}
)""")
    group.record(family.name("chi2_scale"), f"""
{power} * sqrt(2 * {spread}) * (
  1 + 0.5 * ({power} - 1) * (1 - 3 * {power}) * {spread}
)""")


def critical_value(group, family, context):
    """A PromQL operand: the normal quantile, constant or after Benjamini-Hochberg."""
    alpha = round(1 - context.thresholds["drift"]["confidence"], 9)
    normal = f"{NormalDist().inv_cdf(1 - alpha):.10f}"
    if context.correction == "none":
        return normal
    benjamini_hochberg(group, family, normal, f"{alpha:.6g}", context.passes)
    critical = family.name("critical_z", level="model")
    return f'on ({family.family}, severity) group_left () {critical}{{pass="{context.passes}"}}'


def benjamini_hochberg(group, family, normal, alpha, passes):
    z, labels = family.name("drift_z"), f"{family.family}, severity"
    tests, flagged = family.name("drift_tests", "count", "model"), family.name("drift_flagged", "count", "model")
    tail, critical = family.name("drift_tail", "root", "model"), family.name("critical_z", level="model")
    mean, power = family.name("chi2_mean"), family.name("chi2_power")
    group.comment("Benjamini-Hochberg over the features of a role: each pass counts what the last z would flag.")
    group.record(z, f"""
(
  (
    1 / {mean}
    * on ({family.test}) group_left ()
    ({family.name("drift_score")}{{measure="psi"}} / on ({family.test}) {family.name("noise_unit")})
  ) ^ {power}
  - {family.name("chi2_location")}
)
/ {family.name("chi2_scale")}""")
    group.record(tests, f"count by ({labels}) ({z})")
    for number in range(1, passes + 1):
        last = normal if number == 1 else f'on ({labels}) group_left () {critical}{{pass="{number - 1}"}}'
        step = {"pass": str(number)}
        group.record(flagged, f"count by ({labels}) ({z} > {last}) or 0 * {tests}", **step)
        group.record(tail, f"""
sqrt(
  -2 * ln({alpha} * clamp_min({flagged}{{pass="{number}"}}, 1) / on ({labels}) group_left () {tests})
)""", **step)
        t = f'{tail}{{pass="{number}"}}'
        group.record(critical, f"""
{t}
- (2.515517 + 0.802853 * {t} + 0.010328 * {t} ^ 2)
/ (1 + 1.432788 * {t} + 0.189269 * {t} ^ 2 + 0.001308 * {t} ^ 3)""", **step)


def threshold_and_state(group, family, critical):
    threshold, score = family.name("drift_threshold"), family.name("drift_score") + '{measure="psi"}'
    group.comment("Threshold, state, and how far beyond the threshold.")
    group.record(threshold, f"""
{family.name("chi2_mean")}
* ({family.name("chi2_location")} + {family.name("chi2_scale")} * {critical}) ^ (1 / {family.name("chi2_power")})
* on ({family.test}) group_left ()
{family.name("noise_unit")}""", measure="psi")
    group.record(family.name("drift_state"), f"""
({score} > bool on ({family.test}) {threshold}{{severity="warning"}})
+
({score} > bool on ({family.test}) {threshold}{{severity="drifted"}})
or
0 * {family.name("values", "increase")} - 1""")
    group.record(family.name("drift_ratio"), f"""
{score}
/ on ({family.test})
{threshold}{{severity="drifted"}}""")
