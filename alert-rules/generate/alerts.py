"""The alerts. Every text is read by a tired person: what is wrong, by how much, from how many rows, what to do first."""
from generate.alert import FEATURE, MODEL, Alerts
from generate.model import Group
from generate.names import *  # noqa: F403
from generate.service_alerts import exporter, service
from generate.templates import per_cent
from generate.truth_alerts import truth


def alert_groups(context):
    groups = []
    for name, write in (("drift", drift), ("quality", quality), ("baseline", baseline), ("service", service),
                        ("truth", truth), ("exporter", exporter)):
        alerts = Alerts(context, Group(f"model-drift-alerts-{name}", context.time("1m")))
        write(alerts, context)
        groups.append(alerts.group)
    return groups


def drift(alerts, context):
    texts = alerts.texts
    for kind, noun, role, dashboard in (("Feature", "input", 'role!="output"', FEATURE),
                                        ("Prediction", "prediction", 'role="output"', ("predictions", "model", "version"))):
        drift_pair(alerts, context, kind, noun, role, dashboard)
    limit = context.thresholds["drift"]["driftedFeaturesRatio"]["drifted"]
    alerts.add(
        "ModelManyFeaturesDrifted", f'{DRIFTED}{{role="input", window="{context.fast}"}} >= {limit}', "critical",
        f"{per_cent('$value')} of the inputs of {texts.version} have drifted together",
        f"{per_cent('$value')} of the inputs with enough rows are drifted over {context.fast} (alarm from {limit * 100:.0f}%). "
        f"Worst (score / limit): {texts.worst_features}",
        "Many at once is usually the feed, a new client or a new preprocessing step, not the world: compare with recent deployments.",
        "10m", MODEL, keep="10m")
    alerts.add(
        "ModelVersionDrift", f"""
{VERSION_SCORE}{{measure="psi", role="output", window="{context.fast}"}}
and on ({context.by("model", "version", "reference", "feature", "role")})
{VERSION_STATE}{{window="{context.fast}"}} == 2""", "warning",
        f"{texts.version} answers differently from {{{{ $labels.reference }}}}",
        f"{{{{ $labels.feature }}}} of version {{{{ $labels.version }}}} against {{{{ $labels.reference }}}}: PSI {{{{ $value | printf \"%.2f\" }}}} "
        f"over {context.fast}, beyond what chance explains.",
        "If the new version should answer alike (canary, quantised or optimised model), stop the rollout; if a change is intended, "
        "silence it for the rollout.",
        "5m", ("versions", "model", "version"), keep="10m")


def drift_pair(alerts, context, kind, noun, role, dashboard):
    texts = alerts.texts
    k, fast, short, slow, long = context.feature, context.fast, context.short, context.slow, context.long
    first = ("Look at the bins that moved: missing, invalid or unseen ones mean a broken feed; valid ones mean that the world or the "
             "clients changed.")
    alerts.add(
        f"Model{kind}DriftFast", f"""
{SCORE}{{measure="psi", {role}, window="{fast}"}}
and on ({k})
{STATE}{{window="{fast}"}} == 2
and on ({k})
{STATE}{{window="{short}"}} == 2""", "critical",
        f"{texts.version}: {noun} {{{{ $labels.feature }}}} changed sharply",
        f"PSI {{{{ $value | printf \"%.2f\" }}}} over {fast} (limit {texts.limit}, {texts.rows} rows), and {short} agrees. "
        f"Moved most: {texts.worst_bins}",
        first, "1m", dashboard, keep="10m")
    alerts.add(
        f"Model{kind}DriftSlow", f"""
{SCORE}{{measure="psi", {role}, window="{long}"}}
and on ({k})
{STATE}{{window="{long}"}} == 2
unless on ({k})
({STATE}{{window="{slow}"}} >= 0 < 2)""", "warning",
        f"{texts.version}: {noun} {{{{ $labels.feature }}}} has drifted",
        f"PSI {{{{ $value | printf \"%.2f\" }}}} over {long} (limit {texts.limit}, {texts.rows} rows); {slow} does not speak against it. "
        f"Moved most: {texts.worst_bins}",
        "No need to get up. Ask in working hours whether the change is expected, and retrain if it stays.", "30m", dashboard, keep="30m")


def quality(alerts, context):
    texts = alerts.texts
    limit, fast, short = context.thresholds["quality"], context.fast, context.short
    for name, bin_, what, action in (
            ("ModelFeatureMissingValues", "__missing__", "missing",
             "Ask the owner of the feed first: a column that goes missing is a broken join, a renamed field or a client that stopped sending it."),
            ("ModelFeatureUnseenValues", "__unseen__", "values that the baseline never saw",
             "Look at what clients send now: a new category, a changed spelling or code table, or a wrong column.")):
        def surely_more(window):
            return f"""{SHARE_LOW}{{bin="{bin_}", window="{window}"}}
  - on ({context.feature}) {P}{{bin="{bin_}", window="{window}"}}"""
        alerts.add(
            name, f"""
{Q}{{bin="{bin_}", window="{fast}"}}
and on ({context.feature})
(
  {surely_more(fast)}
  > {limit["alert"]}
)
unless on ({context.feature})
(
  {surely_more(short)}
  <= {limit["tolerance"]}
)""", "warning",
            f"{texts.version}: {per_cent('$value')} of {{{{ $labels.feature }}}} " + ("is missing" if what == "missing" else "are " + what),
            f"{per_cent('$value')} over {fast}, {texts.lookup(P, 'model version feature role bin window', per_cent_value=True)} in the baseline, "
            f"from {texts.rows} rows.", action, "10m", FEATURE, keep="10m")
    alerts.add(
        "ModelFeatureViolations", f"""
{VIOLATIONS}{{window="{fast}"}}
and on ({context.by("model", "version", "feature", "reason")})
{VIOLATIONS_LOW}{{window="{fast}"}} > {limit["tolerance"]}""", "warning",
        f"{texts.version}: {{{{ $labels.feature }}}} breaks its schema in {per_cent('$value')} of the rows",
        f"Reason {{{{ $labels.reason }}}} in {per_cent('$value')} of the rows over {fast}; surely more than {limit['tolerance'] * 100:.0f}%.",
        "The model may be fed garbage for these rows: find the client or the feed that sends them (reason tells what is wrong).",
        "10m", ("quality", "model", "version"), keep="10m")
    alerts.add(
        "ModelSchemaViolations", f"""
{SCHEMA_VIOLATIONS}{{window="{fast}"}}
and on ({context.by("model", "version", "reason")})
{SCHEMA_VIOLATIONS_LOW}{{window="{fast}"}} > {limit["tolerance"]}""", "warning",
        f"{texts.version}: {per_cent('$value')} of the rows do not fit the schema",
        f"Reason {{{{ $labels.reason }}}} in {per_cent('$value')} of the rows over {fast}; surely more than {limit['tolerance'] * 100:.0f}%.",
        "unexpected_feature: a client sends columns that the model does not know. absent_feature: it leaves some out. "
        "Look for a client that was deployed lately.",
        "10m", ("quality", "model", "version"), keep="10m")
    alerts.add(
        "ModelFeatureSilent", f"""
{COUNT}{{window="{fast}"}} == 0
and on ({context.feature}) {BASE}
and on ({context.model})
sum by ({context.model}) ({COUNT}{{window="{fast}"}}) > 0""", "warning",
        f"{texts.version}: {{{{ $labels.feature }}}} is not seen any more",
        f"{{{{ $labels.feature }}}} ({{{{ $labels.role }}}}) has a baseline but not one value in {fast}, while other columns of the model have.",
        "An input: the column was renamed or dropped upstream. A prediction: responses are not mirrored any more, or not paired.",
        "15m", FEATURE, keep="30m")


def baseline(alerts, context):
    texts = alerts.texts
    limit = context.thresholds["baseline"]
    alerts.add(
        "ModelFeatureWithoutBaseline", f"""
{COUNT}{{window="{context.fast}"}} > 0
unless on ({context.feature}) {BASE}""", "info",
        f"{texts.version}: {{{{ $labels.feature }}}} has no baseline",
        f"{{{{ $labels.feature }}}} was seen {{{{ $value | printf \"%.0f\" }}}} times in {context.fast} but has no baseline, so nobody watches it.",
        "Build the baseline again with this column, or exclude the column.", "15m", FEATURE, keep="30m")
    alerts.add(
        "ModelFeatureBaselineTooSmall", f'{INSUFFICIENT}{{reason="baseline_too_small", window="{context.long}"}} == 1', "info",
        f"{texts.version}: the baseline of {{{{ $labels.feature }}}} is too small",
        "{{ $labels.feature }} can never get a verdict: its baseline has too few rows for its number of bins.",
        "Build the baseline from more rows, or give the feature fewer bins.", "15m", FEATURE, keep="30m")
    alerts.add(
        "ModelFeatureBaselineMismatch", f"{DISAGREEMENT} == 1", "warning",
        f"{texts.version}: replicas use different baselines",
        "Replicas disagree on the bins of {{ $labels.feature }}, so counts of different ranges are added up and its fleet score is wrong.",
        "Finish or roll back the deployment of the baseline, so that all replicas of this version load the same file.", "30m", FEATURE, keep="10m")
    alerts.add(
        "ModelBaselineStale", f"""
time() - max by ({context.model}) (model_baseline_created_timestamp_seconds) > {limit["staleDays"]} * 86400
and on ({context.model})
{ROWS}{{window="{context.long}"}} > 0""", "warning",
        f"{texts.version}: the baseline is {{{{ $value | humanizeDuration }}}} old",
        f"The baseline was made {{{{ $value | humanizeDuration }}}} ago (alarm from {limit['staleDays']} days). "
        "Live traffic is compared with a world that old.",
        "In working hours: build a new baseline from recent, checked data, or decide that the old one still holds.", "1h", MODEL, keep="1h")
    alerts.add(
        "ModelBaselineLearningTooLong", f'max by ({context.model}) (model_drift_exporter_model_stage{{stage="learning"}}) == 1', "warning",
        f"{texts.version} is still learning its baseline",
        f"At least one replica has been learning for more than {limit['learningHours']} hours; until it is done there is no verdict on this model.",
        "Too little traffic reaches the replica, or it restarts all the time. Build the baseline from a file instead.",
        f"{limit['learningHours']}h", MODEL, keep="15m")
