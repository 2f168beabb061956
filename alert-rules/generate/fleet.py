"""Recording rules that merge the bin counters of all replicas into one verdict per feature and window."""
from generate.durations import seconds
from generate.model import Group
from generate.names import *  # noqa: F403 - the vocabulary of this package
from generate.verdict import SEVERITIES, Family, smoothed, smoothed_shares, sufficiency, verdict
from generate.wilson import wilson

LONGEST_QUICK_WINDOW = 15 * 60
LONGEST_RAW_WINDOW = 6 * 3600
SLOWEST = "4m"  # a recorded sample is found for five minutes
SPECIAL_BINS = "__missing__|__invalid__|__unseen__"


def fleet_family(context):
    return Family(
        stem="model_feature", key=context.feature, test=context.feature_window, family=context.by("model", "version", "role", "window"),
        current=COUNT_BIN, baseline=EXPECTED_ROWS, baseline_rows=BASE, per_window=False)


def baseline_group(context):
    """Settings change with a new baseline only, so they are read from the raw series half as often as the rest."""
    group = Group("model-drift-baseline", context.time("2m"))
    k, kb = context.feature, context.feature_bin
    feature, model = context.by("model", "version", "feature"), context.model
    group.comment("Baseline and settings, once per feature. Replicas expose the same values: max, never sum.")
    group.record(BASE_BIN, f"max by ({kb}) (model_feature_baseline_values)")
    group.record(BASE, f"sum by ({k}) ({BASE_BIN})")
    for name, metric in ((DISPERSION, "dispersion"), (UNEVENNESS, "unevenness")):
        group.record(name, f"max by ({k}) (model_feature_baseline_{metric})\nor\n0 * {BASE} + 1")
    group.record(IMPORTANCE, f"""
0 * {BASE} + on ({feature}) group_left () max by ({feature}) (model_feature_importance)
or
0 * {BASE} + 1""")
    for severity in SEVERITIES:
        metric = f'model_feature_drift_tolerance{{severity="{severity}"'
        group.record(TOLERANCE, f"""
0 * {BASE} + on ({feature}) group_left () max by ({feature}) ({metric}, feature!=""}})
or
0 * {BASE} + on ({model}) group_left () max by ({model}) ({metric}, feature=""}})
or
0 * {BASE} + {context.thresholds["drift"]["tolerance"][severity]}""", severity=severity)
    if needs_steps(context):
        group.comment("Distances between bins, for wasserstein; bin 00 marks an ordered feature.")
        group.record(STEP, f"max by ({kb}) (model_feature_bin_step)")
    return group


def agreement_group(context):
    """Whether replicas and versions can be compared at all: changes with a deployment only, and reads every edge."""
    group = Group("model-drift-baseline-agreement", context.time(SLOWEST))
    k, kb = context.feature, context.feature_bin
    group.comment("1 where replicas disagree on the rows or the edges of a bin.")
    group.record(DISAGREEMENT, f"""
(
  max by ({k}) (stddev by ({kb}) (model_feature_baseline_values))
  +
  max by ({k}) (count by ({kb}) (group by ({kb}, lower, upper) (model_feature_baseline_values)))
  - 1
)
> bool 0""")
    across = context.by("model", "feature", "role")
    group.comment("More than 1 where the versions of a model use different bins and cannot be compared.")
    group.record(LAYOUTS, f"""
max by ({across}) (
  count by ({across}, bin) (group by ({across}, bin, lower, upper) (model_feature_baseline_values))
)""")
    return group


def slow_count_groups(context):
    """The longer the window, the less it changes in a minute and the more samples it reads: longer windows are counted less often."""
    groups = []
    for window in slow_windows(context):
        interval = "2m" if seconds(window) <= LONGEST_RAW_WINDOW * context.scale else SLOWEST
        group = Group(f"model-drift-fleet-counts-{window}", context.time(interval))
        record_counts(group, window, context)
        groups.append(group)
    return groups


def slow_windows(context):
    return [window for window in context.windows if seconds(window) > LONGEST_QUICK_WINDOW * context.scale]


def fleet_group(context):
    group, family = Group("model-drift-fleet", context.time("1m")), fleet_family(context)
    settings = dict(dispersion=f"on ({family.key}) group_left () {DISPERSION}",
                    tolerance=lambda selector: f"on ({family.key}) group_left () {TOLERANCE}{{{selector}}}")
    counts(group, context)
    sufficiency(group, family, context, **settings)
    reasons(group, context)
    plain_shares(group, family)
    smoothed_shares(group, family)
    verdict(group, family, context, unevenness=f"on ({family.key}) group_left () {UNEVENNESS}", **settings)
    contributions(group, context, family)
    other_measures(group, context)
    special_shares(group, context)
    roll_ups(group, context)
    return group


def record_counts(group, window, context):
    group.comment("Counts of the window. Sum of increases, never increase of a sum. `or 0 *` fills absent bins.")
    group.record(COUNT_BIN, increase("model_feature_values_total", COUNT_BIN, context.feature_bin, window, context)
                 + f"\nor\n0 * {BASE_BIN}", window=window)


def counts(group, context):
    for window in context.windows:
        if window not in slow_windows(context):
            record_counts(group, window, context)
    group.comment("Baseline rows beside every count; 0 for an observed bin that the baseline lacks.")
    group.record(EXPECTED_ROWS, f"""
(
  0 * {COUNT_BIN} + on ({context.feature_bin}) group_left () {BASE_BIN}
  or
  0 * {COUNT_BIN}
)
and on ({context.feature}) {BASE}""")


def increase(counter, recorded, labels, window, context):
    """Long windows add up the recorded counts of the shortest one instead of reading a day of raw samples."""
    short = context.short
    if seconds(window) <= LONGEST_RAW_WINDOW * context.scale:
        return f"sum by ({labels}) (increase({counter}[{window}]))"
    return f"""sum by ({labels}) (
  sum_over_time({recorded}{{window="{short}"}}[{window}:{short}])
)"""


def reasons(group, context):
    base = f"on ({context.feature}) {BASE}"
    group.comment("Why there is no verdict.")
    for reason, condition in (
            ("no_baseline", f"{COUNT} unless {base}"),
            ("baseline_too_small", f"{COUNT} and {base} unless {REQUIRED}"),
            ("no_rows", f"{COUNT} == 0 and {REQUIRED}"),
            ("too_few_rows", f"{COUNT} > 0 and {COUNT} < {REQUIRED}")):
        group.record(INSUFFICIENT, f"0 * ({condition}) + 1", reason=reason)


def plain_shares(group, family):
    rows = family.name("verdict_rows")
    group.comment("Plain shares, then half-count shares over the bins in use. All absent below the required rows.")
    group.record(Q, f"{COUNT_BIN} / on ({family.test}) group_left () {rows}")
    group.record(P, f"""
{EXPECTED_ROWS} / on ({family.key}) group_left () {BASE}
and on ({family.test}) {rows}""")


def contributions(group, context, family):
    observed, expected = smoothed(family)
    moved = f"{observed} and on ({family.test}) {STATE} == 2"
    group.comment("The bins that did it.")
    group.record(CONTRIBUTION, f"""
topk by ({family.test}) ({context.contributions},
  (({moved}) - {expected}) * ln(({moved}) / {expected})
)""")


def ordered_measures(context):
    return [measure for measure in ("ks", "wasserstein") if measure in context.measures]


def needs_steps(context):
    return ordered_measures(context) or context.categorical_measures


FORMULAS = {
    "kl": "sum by ({kw}) ({qs} * ln({qs} / {ps}))",
    "js_distance": """
sqrt(
  clamp_min(
    0.5 * sum by ({kw}) (
      ({q} > 0) * log2(2 * {q} / ({q} + {p}))
    )
    +
    0.5 * sum by ({kw}) (
      ({p} > 0) * log2(2 * {p} / ({q} + {p}))
    ),
    0
  )
)""",
    "hellinger": "sqrt(clamp_min(1 - sum by ({kw}) (sqrt({q} * {p})), 0))",
    "total_variation": "0.5 * sum by ({kw}) (abs({q} - {p}))",
    "l_infinity": "max by ({kw}) (abs({q} - {p}))",
    "cramers_v": "sqrt(0.5 * sum by ({kw}) (({q} - {p}) ^ 2 / ({q} + {p} > 0)))",
}


def other_measures(group, context):
    record_scores(group, context, context.measures, q=Q, p=P, qs=QS, ps=PS)
    if context.categorical_measures:
        unordered(group, context)
    if ordered_measures(context):
        ordered(group, context)


def record_scores(group, context, measures, **shares):
    for measure, formula in FORMULAS.items():
        if measure in measures:
            group.record(SCORE, formula.format(kw=context.feature_window, **shares), measure=measure)


def unordered(group, context):
    """Reading a share costs more than computing with it: those of features without order are picked out once."""
    group.comment("Features without order: their shares once more, and the measures that need no order.")
    group.record(UNORDERED_Q, f'{Q} unless on ({context.feature}) {STEP}{{bin="00"}}')
    group.record(UNORDERED_P, f"{P} and on ({context.feature_window}) {UNORDERED_Q}")
    smoothed_ones = {name: f"({share} and {UNORDERED_Q})" for name, share in (("qs", QS), ("ps", PS))}
    record_scores(group, context, context.categorical_measures, q=UNORDERED_Q, p=UNORDERED_P, **smoothed_ones)


def ordered(group, context):
    """PromQL has no prefix sum: rule k adds its bin to what rule k - 1 recorded just before, and takes its own bin label."""
    kw, k, kb = context.feature_window, context.feature, context.feature_bin
    group.comment("Ordered features: shares of the value bins, cumulative gaps (one rule per k), ks and wasserstein.")
    value_bins = '{bin=~"[0-9]+"}'
    group.record(GAP, f"""
(
  {Q}{value_bins}
    / on ({kw}) group_left ()
  (sum by ({kw}) ({Q}{value_bins}) > 0)
  -
  {P}{value_bins}
    / on ({kw}) group_left ()
  (sum by ({kw}) ({P}{value_bins}) > 0)
)
and on ({k}) {STEP}{{bin="00"}}""")
    group.record(CDF_GAP, f'{GAP}{{bin="00"}}', bin="00")
    for index in range(1, context.max_bins - 1):
        before, own = f'{{bin="{index - 1:02d}"}}', f'{{bin="{index:02d}"}}'
        group.record(CDF_GAP, f"""
{CDF_GAP}{before} + on ({kw}) {GAP}{own}
and on ({k}) {STEP}{own}""", bin=f"{index:02d}")
    if "ks" in context.measures:
        group.record(SCORE, f"max by ({kw}) (abs({CDF_GAP}))", measure="ks")
    if "wasserstein" in context.measures:
        group.record(SCORE, f"""
sum by ({kw}) (
  abs({CDF_GAP})
  * on ({kb}) group_left ()
  {STEP}
)""", measure="wasserstein")


def special_shares(group, context):
    share = f'{Q}{{bin=~"{SPECIAL_BINS}"}}'
    group.comment("Share of missing, invalid and unseen values that is certain at 99 % (lower Wilson bound).")
    group.record(SHARE_LOW, wilson(share, COUNT, "-", f"on ({context.feature_window}) group_left ()", context))


def roll_ups(group, context):
    model = context.by("model", "version", "role", "window")
    group.comment("Model roll-ups over the features that have a verdict.")
    group.record(DRIFTED, f"avg by ({model}) (({STATE} >= 0) == bool 2)")
    group.record(WARNED, f"avg by ({model}) (({STATE} >= 0) >= bool 1)")
    group.record(WORST_STATE, f"max by ({model}) ({STATE})")
    group.record(WORST_RATIO, f"max by ({model}) ({RATIO})")
    group.record(MEAN_SCORE, f"""
sum by ({model}) (
  clamp_min({SCORE}{{measure="psi"}} - on ({context.feature_window}) {FLOOR}, 0)
  * on ({context.feature}) group_left ()
  {IMPORTANCE}
)
/
(
  sum by ({model}) (0 * {FLOOR} + on ({context.feature}) group_left () {IMPORTANCE})
  > 0
)""")
