"""Alerts about traffic, latency and the exporters themselves."""
from generate.alert import BASELINE_JOB, EXPORTER_JOB, MODEL
from generate.names import *  # noqa: F403
from generate.templates import per_cent


def service(alerts, context):
    traffic_stopped(alerts, context)
    latency(alerts, context)


def traffic_stopped(alerts, context):
    """Traffic that may be missed: enough in the last day, and without a pause around this time yesterday and a week ago.

    So a model that is used in office hours pages nobody in the evening, and one whose series are gone is missed like one
    that stands still. Over the last day, because a model that is gone for good shall be forgotten.
    """
    limit, model, everywhere = context.thresholds["traffic"], context.by("model"), context.by()

    def around_this_time(ago):
        return f"sum by ({model}) (min_over_time({ROWS_RATE}[{context.time('2h')}] offset {context.time(ago)}))"

    alerts.add(
        "ModelTrafficStopped", f"""
sum by ({model}) (avg_over_time({ROWS_RATE}[{context.time('1d')}])) * 900 >= {limit["minimumExpectedRows"]}
and on ({model})
{around_this_time("23h")} > 0
unless on ({model})
{around_this_time("167h")} == 0
unless on ({model})
sum by ({model}) ({ROWS_RATE}) > 0
and on ({everywhere})
count by ({everywhere}) (up{{{EXPORTER_JOB}}} == 1)""", "critical",
        f"Model {alerts.texts.model} gets no traffic any more",
        f"No row in {limit['stoppedAfter']}, though there was traffic at this time yesterday; at the pace of the last day it would have been "
        "{{ $value | printf \"%.0f\" }}. Exporters are up.",
        "Look at the model server and its callers first, then at the mirror that copies the traffic to the exporter.",
        "10m", ("model", "model"), keep="5m")


def latency(alerts, context):
    limit, texts = context.thresholds["traffic"], alerts.texts
    quantile = context.thresholds["latency"]["quantile"]
    slow = f'{LATENCY}{{quantile="{quantile}"}}'
    usual = f"avg_over_time({slow}[{context.time('1d')}] offset {context.time('1h')})"
    alerts.add(
        "ModelLatencyRegression", f"""
{slow}
> {limit["latencyRegressionRatio"]} * {usual}
and
{slow} - {usual} > {limit["latencyRegressionSeconds"]}""", "warning",
        f"{texts.version} answers slower than usual",
        "95% of the answers come within {{ $value | humanizeDuration }}, usually (mean of the last day) within "
        + texts.lookup(f"avg_over_time({LATENCY}", "model version quantile", suffix=f"[{context.time('1d')}] offset {context.time('1h')})",
                       render="humanizeDuration") + ".",
        "Compare with deployments, batch sizes and the load of the model server.", "10m", ("predictions", "model", "version"), keep="10m")


def exporter(alerts, context):
    texts = alerts.texts
    limit, job = context.thresholds["exporter"], context.by("job")
    page = ("exporter", "job")
    for name, outcome, ratio, summary, action in (
            ("ModelDriftExporterPayloadsRejected", "rejected", limit["rejectedRatio"], "cannot be read",
             "Read one rejected payload: a new client, a new format, a truncating proxy. The rest of the traffic is still watched."),
            ("ModelDriftExporterPayloadsDropped", "dropped", limit["droppedRatio"], "are lost because the exporter cannot keep up",
             "The exporter protects the model server by dropping. Give it more CPU, a larger queue or a sampling rate.")):
        alerts.add(
            name, f'{PAYLOADS}{{outcome="{outcome}"}} > {ratio}', "warning",
            f"{texts.job}: {per_cent('$value')} of the payloads {summary}",
            f"{per_cent('$value')} of the payloads were {outcome} over 15m (alarm from {ratio * 100:.0f}%); these rows are in no statistic. "
            f"By reason: {texts.payload_reasons(outcome, context.time('15m'))}",
            action, "10m", page, keep="10m")
    # Many mirrors copy requests only, on purpose: where no response came for a day, none is missing.
    alerts.add(
        "ModelDriftExporterUnpaired", f"""
{UNPAIRED} > {limit["unpairedRatio"]}
and on ({job})
sum by ({job}) (increase(model_drift_exporter_pairs_total{{outcome=~"paired|response_only"}}[{context.time("1d")}])) > 0""", "warning",
        f"{texts.job}: {per_cent('$value')} of the events find no partner",
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
        "Run `model-drift-exporter check-config` on the file: it lists everything that is wrong.", "5m", page, keep="5m")
    alerts.add(
        "ModelDriftExporterSeriesRefused", f"""
sum by ({job}, instance) (increase(model_drift_exporter_series_refused_total[{context.time("1h")}])) > 0""", "warning",
        "{{ $labels.instance }}: a limit on models, features or categories was reached",
        "{{ $value | printf \"%.0f\" }} new models, versions, features or categories were refused within the last hour; they are in no statistic.",
        "Find out who sends new names (ids in a category or in the path?). Raise the limit only if they are meant.", "0s", page)
    degraded(alerts, context, page)
    presence(alerts, context, page)


def degraded(alerts, context, page):
    """What the exporter does without; it says so in its log and goes on."""
    by, look_back = context.by("job", "instance"), context.time("15m")
    facts = {
        "truth_store": f'max by ({by}) (model_drift_exporter_truth_store_state{{model_drift_exporter_truth_store_state="degraded"}}) == 1',
        "snapshots": f"sum by ({by}) (increase(model_drift_exporter_snapshot_failures_total[{look_back}])) > 0",
        "access_files": f"min by ({by}) (model_drift_exporter_access_files_usable) == 0",
        "evaluations": f"sum by ({by}) (increase(model_drift_exporter_evaluation_failures_total[{look_back}])) > 0"}

    def by_reason(**texts):
        first, *others, last = texts
        return (f'{{{{ if eq $labels.reason "{first}" }}}}{texts[first]}'
                + "".join(f'{{{{ else if eq $labels.reason "{each}" }}}}{texts[each]}' for each in others) + f"{{{{ else }}}}{texts[last]}{{{{ end }}}}")

    alerts.add(
        "ModelDriftExporterDegraded", "\nor\n".join(
            f'label_replace({expr}, "reason", "{reason}", "", "")' for reason, expr in facts.items()), "warning",
        "{{ $labels.instance }} " + by_reason(
            truth_store="keeps predictions in memory only", snapshots="cannot save its state",
            access_files="cannot read changed access files", evaluations="fails to evaluate"),
        by_reason(
            truth_store="The disk of the predictions that wait for their outcome cannot be used. They wait in memory; a restart loses them.",
            snapshots="Snapshots could not be written or read within the last 15m. The exporter works on in memory; "
                      "a restart loses what came since the last one.",
            access_files="Certificates, users or tokens have changed, and their files cannot be used. Those from before stay in force.",
            evaluations="Evaluations ended with a bug within the last 15m. The report before them stays in force, so its verdicts grow old."),
        "Read the exporter's log: it names the file and the cause. Usually a disk is full, read-only or gone, or permissions are wrong.",
        "5m", page, keep="10m")


def presence(alerts, context, page):
    instance, ratio = context.by("instance"), context.thresholds["exporter"]["upRatio"]

    def unsteady(which):
        """Not `up == 0`: that ends at every short life of an exporter that crashes again and again."""
        return f"avg_over_time(up{{{which}}}[{context.time('15m')}]) < {ratio}"

    alerts.add(
        "ModelDriftExporterDown", f"""
{unsteady(EXPORTER_JOB)}
and
up{{{EXPORTER_JOB}}}
or
(
  {unsteady(BASELINE_JOB)}
  and
  up{{{BASELINE_JOB}}}
  unless on ({instance})
  {unsteady(EXPORTER_JOB)}
)""", "warning",
        "{{ $labels.instance }}: the drift exporter cannot be scraped, or not reliably",
        f"{per_cent('$value')} of its scrapes within the last 15m succeeded (alarm below {ratio * 100:.0f}%). "
        "Its share of the traffic is missing in every verdict; the model server is not affected.",
        "Is the pod running, ready, does it restart again and again, and is its port reachable from Prometheus?", "3m", page)
    absent(alerts, context)
    alerts.add(
        "ModelDriftVerdictsMissing", f"""
count by ({context.model}) (model_baseline_rows)
unless on ({context.model})
{STATE}""", "warning",
        f"{alerts.texts.version} has exporters but no verdict",
        "{{ $value }} exporters have a baseline, but the recording rules write no state for its features.",
        "Are the recording rules loaded (/rules in Prometheus), and do they evaluate without error and in time?", "15m", MODEL, keep="5m")


def absent(alerts, context):
    expr, everywhere = f"absent(up{{{EXPORTER_JOB}}})", context.by()
    if context.extra_labels:
        expr += f"""
or
group by ({everywhere}) (last_over_time(up{{{EXPORTER_JOB}}}[{context.time("1d")}]))
unless on ({everywhere})
group by ({everywhere}) (up{{{EXPORTER_JOB}}})"""
    alerts.add(
        "ModelDriftExporterAbsent", expr, "critical",
        f"There are no drift exporters{alerts.texts.where} any more",
        "Prometheus has no target whose job matches drift-exporter: no model is watched, and all other alerts about models are mute.",
        "Look at the deployment and at the PodMonitor or scrape configuration.", "15m", ("exporter",), keep="5m")
