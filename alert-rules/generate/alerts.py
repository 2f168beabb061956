"""The alerts. Every text is read by a tired person: what is wrong, by how much, from how many rows, what to do first."""
from dataclasses import dataclass

from generate.judged import HIGHER_IS_BETTER, LOWER_IS_BETTER
from generate.model import Alert, Group
from generate.names import *  # noqa: F403
from generate.templates import (LIMIT, OF_VERSION, ROWS_OF_FEATURE, WORST_BINS, WORST_FEATURES, lookup, payload_reasons, per_cent)

EXPORTER_JOB = 'job=~".*drift-exporter.*"'


@dataclass
class Alerts:
    """Collects alerts with their links."""

    context: object
    group: Group

    def add(self, name, expr, severity, summary, description, action, hold, dashboard, keep=None):
        uid, *variables = dashboard
        annotations = {
            "summary": summary, "description": description, "action": action,
            "dashboard_url": self.dashboard_url(uid, variables), "runbook_url": f"{self.context.runbook_url}/{name}.md"}
        self.group.rules.append(Alert(name, expr.strip("\n"), severity, self.context.time(hold),
                                      keep and self.context.time(keep), annotations))

    def dashboard_url(self, uid, variables):
        query = "&".join(f"var-{name}={{{{ $labels.{name} | urlquery }}}}" for name in variables)
        return f"{self.context.grafana_url}/d/{self.context.thresholds['dashboards'][uid]}" + (f"?{query}" if query else "")


def alert_groups(context):
    groups = []
    for name, write in (("drift", drift), ("quality", quality), ("baseline", baseline), ("service", service),
                        ("truth", truth), ("exporter", exporter)):
        alerts = Alerts(context, Group(f"model-drift-alerts-{name}", context.time("1m")))
        write(alerts, context)
        groups.append(alerts.group)
    return groups


FEATURE = ("feature", "model", "version", "feature")
MODEL = ("model", "model", "version")


def drift(alerts, context):
    for kind, noun, role, dashboard in (("Feature", "input", 'role!="output"', FEATURE),
                                        ("Prediction", "prediction", 'role="output"', ("predictions", "model", "version"))):
        drift_pair(alerts, context, kind, noun, role, dashboard)
    limit = context.thresholds["drift"]["driftedFeaturesRatio"]["drifted"]
    alerts.add(
        "ModelManyFeaturesDrifted", f'{DRIFTED}{{role="input", window="{context.fast}"}} >= {limit}', "critical",
        f"{per_cent('$value')} of the inputs of {OF_VERSION} have drifted together",
        f"{per_cent('$value')} of the inputs with enough rows are drifted over {context.fast} (alarm from {limit * 100:.0f}%). "
        f"Worst (score / limit): {WORST_FEATURES}",
        "Many at once is usually the feed, a new client or a new preprocessing step, not the world: compare with recent deployments.",
        "10m", MODEL, keep="10m")
    alerts.add(
        "ModelVersionDrift", f"""
{VERSION_SCORE}{{measure="psi", role="output", window="{context.fast}"}}
and on ({context.by("model", "version", "reference", "feature", "role")})
{VERSION_STATE}{{window="{context.fast}"}} == 2""", "warning",
        f"{OF_VERSION} answers differently from {{{{ $labels.reference }}}}",
        f"{{{{ $labels.feature }}}} of version {{{{ $labels.version }}}} against {{{{ $labels.reference }}}}: PSI {{{{ $value | printf \"%.2f\" }}}} "
        f"over {context.fast}, beyond what chance explains.",
        "If the new version should answer alike (canary, quantised or optimised model), stop the rollout; if a change is intended, "
        "silence it for the rollout.",
        "5m", ("versions", "model", "version"), keep="10m")


def drift_pair(alerts, context, kind, noun, role, dashboard):
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
        f"{OF_VERSION}: {noun} {{{{ $labels.feature }}}} changed sharply",
        f"PSI {{{{ $value | printf \"%.2f\" }}}} over {fast} (limit {LIMIT}, {ROWS_OF_FEATURE} rows), and {short} agrees. "
        f"Moved most: {WORST_BINS}",
        first, "1m", dashboard, keep="10m")
    alerts.add(
        f"Model{kind}DriftSlow", f"""
{SCORE}{{measure="psi", {role}, window="{long}"}}
and on ({k})
{STATE}{{window="{long}"}} == 2
unless on ({k})
({STATE}{{window="{slow}"}} >= 0 < 2)""", "warning",
        f"{OF_VERSION}: {noun} {{{{ $labels.feature }}}} has drifted",
        f"PSI {{{{ $value | printf \"%.2f\" }}}} over {long} (limit {LIMIT}, {ROWS_OF_FEATURE} rows); {slow} does not speak against it. "
        f"Moved most: {WORST_BINS}",
        "No need to get up. Ask in working hours whether the change is expected, and retrain if it stays.", "30m", dashboard, keep="30m")


def quality(alerts, context):
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
            f"{OF_VERSION}: {per_cent('$value')} of {{{{ $labels.feature }}}} " + ("is missing" if what == "missing" else "are " + what),
            f"{per_cent('$value')} over {fast}, {lookup(P, 'model version feature role bin window', per_cent_value=True)} in the baseline, "
            f"from {ROWS_OF_FEATURE} rows.", action, "10m", FEATURE, keep="10m")
    alerts.add(
        "ModelFeatureViolations", f"""
{VIOLATIONS}{{window="{fast}"}}
and on ({context.by("model", "version", "feature", "reason")})
{VIOLATIONS_LOW}{{window="{fast}"}} > {limit["tolerance"]}""", "warning",
        f"{OF_VERSION}: {{{{ $labels.feature }}}} breaks its schema in {per_cent('$value')} of the rows",
        f"Reason {{{{ $labels.reason }}}} in {per_cent('$value')} of the rows over {fast}; surely more than {limit['tolerance'] * 100:.0f}%.",
        "The model may be fed garbage for these rows: find the client or the feed that sends them (reason tells what is wrong).",
        "10m", ("quality", "model", "version"), keep="10m")
    alerts.add(
        "ModelSchemaViolations", f"""
{SCHEMA_VIOLATIONS}{{window="{fast}"}}
and on ({context.by("model", "version", "reason")})
{SCHEMA_VIOLATIONS_LOW}{{window="{fast}"}} > {limit["tolerance"]}""", "warning",
        f"{OF_VERSION}: {per_cent('$value')} of the rows do not fit the schema",
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
        f"{OF_VERSION}: {{{{ $labels.feature }}}} is not seen any more",
        f"{{{{ $labels.feature }}}} ({{{{ $labels.role }}}}) has a baseline but not one value in {fast}, while other columns of the model have.",
        "An input: the column was renamed or dropped upstream. A prediction: responses are not mirrored any more, or not paired.",
        "15m", FEATURE)


def baseline(alerts, context):
    limit = context.thresholds["baseline"]
    alerts.add(
        "ModelFeatureWithoutBaseline", f"""
{COUNT}{{window="{context.fast}"}} > 0
unless on ({context.feature}) {BASE}""", "info",
        f"{OF_VERSION}: {{{{ $labels.feature }}}} has no baseline",
        f"{{{{ $labels.feature }}}} was seen {{{{ $value | printf \"%.0f\" }}}} times in {context.fast} but has no baseline, so nobody watches it.",
        "Build the baseline again with this column, or exclude the column.", "15m", FEATURE)
    alerts.add(
        "ModelFeatureBaselineTooSmall", f'{INSUFFICIENT}{{reason="baseline_too_small", window="{context.long}"}} == 1', "info",
        f"{OF_VERSION}: the baseline of {{{{ $labels.feature }}}} is too small",
        "{{ $labels.feature }} can never get a verdict: its baseline has too few rows for its number of bins.",
        "Build the baseline from more rows, or give the feature fewer bins.", "15m", FEATURE)
    alerts.add(
        "ModelFeatureBaselineMismatch", f"{DISAGREEMENT} == 1", "warning",
        f"{OF_VERSION}: replicas use different baselines",
        "Replicas disagree on the bins of {{ $labels.feature }}, so counts of different ranges are added up and its fleet score is wrong.",
        "Finish or roll back the deployment of the baseline, so that all replicas of this version load the same file.", "30m", FEATURE)
    alerts.add(
        "ModelBaselineStale", f"""
time() - max by ({context.model}) (model_baseline_created_timestamp_seconds) > {limit["staleDays"]} * 86400
and on ({context.model})
{ROWS}{{window="{context.long}"}} > 0""", "warning",
        f"{OF_VERSION}: the baseline is {{{{ $value | humanizeDuration }}}} old",
        f"The baseline was made {{{{ $value | humanizeDuration }}}} ago (alarm from {limit['staleDays']} days). "
        "Live traffic is compared with a world that old.",
        "In working hours: build a new baseline from recent, checked data, or decide that the old one still holds.", "1h", MODEL)
    alerts.add(
        "ModelBaselineLearningTooLong", f'max by ({context.model}) (model_drift_exporter_model_stage{{stage="learning"}}) == 1', "warning",
        f"{OF_VERSION} is still learning its baseline",
        f"At least one replica has been learning for more than {limit['learningHours']} hours; until it is done there is no verdict on this model.",
        "Too little traffic reaches the replica, or it restarts all the time. Build the baseline from a file instead.",
        f"{limit['learningHours']}h", MODEL)


def service(alerts, context):
    limit, model = context.thresholds["traffic"], context.by("model")
    expected = f"sum by ({model}) (avg_over_time({ROWS_RATE}[{context.time('1d')}]))"
    alerts.add(
        "ModelTrafficStopped", f"""
{expected} * 900 >= {limit["minimumExpectedRows"]}
and on ({model})
sum by ({model}) ({ROWS_RATE}) == 0""", "critical",
        "Model {{ $labels.model }} gets no traffic any more",
        f"No row in {limit['stoppedAfter']}; at the pace of the last day it would have been {{{{ $value | printf \"%.0f\" }}}}. The exporters are up.",
        "Look at the model server and its callers first, then at the mirror that copies the traffic to the exporter.",
        "10m", ("model", "model"))
    quantile = context.thresholds["latency"]["quantile"]
    slow = f'{LATENCY}{{quantile="{quantile}"}}'
    usual = f"avg_over_time({slow}[{context.time('1d')}] offset {context.time('1h')})"
    alerts.add(
        "ModelLatencyRegression", f"""
{slow}
> {limit["latencyRegressionRatio"]} * {usual}
and
{slow} - {usual} > {limit["latencyRegressionSeconds"]}""", "warning",
        f"{OF_VERSION} answers slower than usual",
        "95% of the answers come within {{ $value | humanizeDuration }}, usually (mean of the last day) within "
        + lookup(f"avg_over_time({LATENCY}", "model version quantile", suffix=f"[{context.time('1d')}] offset {context.time('1h')})",
                 render="humanizeDuration") + ".",
        "Compare with deployments, batch sizes and the load of the model server.", "10m", ("predictions", "model", "version"), keep="10m")


def truth(alerts, context):
    limit, model, m = context.thresholds["truth"], context.by("model"), context.model
    day, week = context.time(limit["staleAfter"]), context.time("7d")
    alerts.add(
        "ModelGroundTruthStale", f"""
sum by ({model}) (max_over_time({TRUTH_RATE}[{day}])) == 0
and on ({model})
sum by ({model}) (max_over_time({TRUTH_RATE}[{week}])) > 0""", "warning",
        "No ground truth for model {{ $labels.model }} any more",
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
        f"{OF_VERSION} treats groups of {{{{ $labels.attribute }}}} differently",
        f"{{{{ $labels.metric }}}} for class {{{{ $labels.predicted }}}} is {{{{ $value | printf \"%.2f\" }}}} over {context.long} "
        f"(tolerated {tolerance}); the intervals of the groups do not overlap.",
        "Nothing to switch off at night unless your policy says so. Tell the owner of the model and whoever answers for fairness.",
        "30m", ("performance", "model", "version"), keep="30m")
    window = context.time("1h")
    alerts.add(
        "ModelConceptDrift", f"""
sum by ({m}, detector) (increase(model_concept_drift_detections_total[{window}])) > 0.5""", "warning",
        f"{OF_VERSION}: the error rate has changed for good",
        f"Detector {{{{ $labels.detector }}}} found a change in the stream of errors within the last {window}: the relation between inputs and outcomes moved.",
        "Look at performance since the change. If it got worse and stays so, retrain on data from after the change.",
        "0s", ("performance", "model", "version"))
    alerts.add(
        "ModelRetrainingRecommended", f"max by ({m}, reason) (model_retraining_recommended) == 1", "warning",
        f"{OF_VERSION} should be retrained",
        "Reason: {{ $labels.reason }}. It has held long enough that a passing disturbance is unlikely.",
        "The retraining pipeline is told by webhook, if one is configured. Otherwise decide in working hours.",
        "15m", MODEL, keep="15m")


def performance(alerts, context, limit):
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
        f"{OF_VERSION} is worse than its baseline",
        f"{{{{ $labels.metric }}}} is {{{{ $value | printf \"%.3f\" }}}} over {long}"
        "{{ if $labels.segment }} in segment {{ $labels.segment }}{{ end }}, "
        + lookup("max by (metric) (model_performance_baseline", "model version metric segment", suffix=")", render='printf "%.3f"')
        + " in the baseline: more than tolerated and more than chance explains.",
        "Check first that the ground truth itself is right (late or one-sided labels). Then consider the previous version or a fallback.",
        "15m", ("performance", "model", "version"), keep="30m")
    estimate = f'max by ({context.by("model", "version", "metric")}) (model_performance_estimate{{metric=~"{HIGHER_IS_BETTER}", window="{context.fast}"}})'
    overall = f'max by ({context.by("model", "version", "metric")}) (model_performance_baseline{{segment=~"|all"}})'
    alerts.add(
        "ModelEstimatedPerformanceDrop", f"""
{estimate} < {overall} - {limit["performanceDrop"]}""", "warning",
        f"{OF_VERSION} has probably become worse",
        f"{{{{ $labels.metric }}}} is estimated at {{{{ $value | printf \"%.3f\" }}}} over {context.fast}, "
        + lookup("max by (metric) (model_performance_baseline", "model version metric", suffix=")", render='printf "%.3f"')
        + " in the baseline. This is an estimate from the model's own confidence; ground truth is not in yet.",
        "Look at the drift of inputs and predictions for the cause. Do not retrain on the estimate alone.",
        "30m", ("performance", "model", "version"), keep="30m")


def exporter(alerts, context):
    limit, job = context.thresholds["exporter"], context.by("job")
    page = ("exporter", "job")
    for name, outcome, ratio, summary, action in (
            ("ModelDriftExporterPayloadsRejected", "rejected", limit["rejectedRatio"], "cannot be read",
             "Read one rejected payload: a new client, a new format, a truncating proxy. The rest of the traffic is still watched."),
            ("ModelDriftExporterPayloadsDropped", "dropped", limit["droppedRatio"], "are lost because the exporter cannot keep up",
             "The exporter protects the model server by dropping. Give it more CPU, a larger queue or a sampling rate.")):
        alerts.add(
            name, f'{PAYLOADS}{{outcome="{outcome}"}} > {ratio}', "warning",
            f"{{{{ $labels.job }}}}: {per_cent('$value')} of the payloads {summary}",
            f"{per_cent('$value')} of the payloads were {outcome} over 15m (alarm from {ratio * 100:.0f}%); these rows are in no statistic. "
            f"By reason: {payload_reasons(outcome, context.time('15m'))}",
            action, "10m", page, keep="10m")
    # Many mirrors copy requests only, on purpose: where no response came for a day, none is missing.
    alerts.add(
        "ModelDriftExporterUnpaired", f"""
{UNPAIRED} > {limit["unpairedRatio"]}
and on ({job})
sum by ({job}) (increase(model_drift_exporter_pairs_total{{outcome=~"paired|response_only"}}[{context.time("1d")}])) > 0""", "warning",
        f"{{{{ $labels.job }}}}: {per_cent('$value')} of the events find no partner",
        f"{per_cent('$value')} of request and response events stayed single over 30m, so predictions and latency are missing for them.",
        "Check that the mirror delivers responses and keeps the request id, and that all events of a request reach the same replica.",
        "15m", page, keep="15m")
    alerts.add(
        "ModelDriftExporterQueueFull", f"""
model_drift_exporter_queue_bytes / model_drift_exporter_queue_limit_bytes > {limit["queueRatio"]["full"]}""", "warning",
        f"{{{{ $labels.instance }}}}: the queue is {per_cent('$value')} full",
        "The exporter reads slower than traffic comes in. When the queue is full, payloads are dropped (and counted); the model server does not notice.",
        "Give it more CPU or a sampling rate before rows get lost.", "10m", page, keep="5m")
    alerts.add(
        "ModelDriftExporterReloadFailed", "model_drift_exporter_config_last_reload_successful == 0", "warning",
        "{{ $labels.instance }}: the new configuration was refused",
        "The last reload failed, so the exporter goes on with the configuration before it.",
        "Run `model-drift-exporter check-config` on the file: it lists everything that is wrong.", "5m", page)
    alerts.add(
        "ModelDriftExporterSeriesRefused", f"""
sum by ({job}, instance) (increase(model_drift_exporter_series_refused_total[{context.time("1h")}])) > 0""", "warning",
        "{{ $labels.instance }}: a limit on models, features or categories was reached",
        "{{ $value | printf \"%.0f\" }} new models, versions, features or categories were refused within the last hour; they are in no statistic.",
        "Find out who sends new names (ids in a category or in the path?). Raise the limit only if they are meant.", "0s", page)
    exporter_presence(alerts, context, page)


def exporter_presence(alerts, context, page):
    alerts.add(
        "ModelDriftExporterDown", f"up{{{EXPORTER_JOB}}} == 0", "warning",
        "{{ $labels.instance }}: the drift exporter cannot be scraped",
        "Prometheus has not reached it for 5 minutes. Its share of the traffic is missing in every verdict; the model server is not affected.",
        "Is the pod running, ready, and is its port reachable from Prometheus?", "5m", page)
    alerts.add(
        "ModelDriftExporterAbsent", f"absent(up{{{EXPORTER_JOB}}})", "critical",
        "There are no drift exporters any more",
        "Prometheus has no target whose job matches drift-exporter: no model is watched, and all other alerts about models are mute.",
        "Look at the deployment and at the PodMonitor or scrape configuration.", "15m", ("exporter",))
    alerts.add(
        "ModelDriftVerdictsMissing", f"""
count by ({context.model}) (model_baseline_rows)
unless on ({context.model})
{STATE}""", "warning",
        f"{OF_VERSION} has exporters but no verdict",
        "{{ $value }} exporters have a baseline, but the recording rules write no state for its features.",
        "Are the recording rules loaded (/rules in Prometheus), and do they evaluate without error and in time?", "15m", MODEL)
