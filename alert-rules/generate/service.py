"""Recording rules about traffic, latency, data quality, ground truth and the exporters themselves."""
from generate.fleet import increase
from generate.model import Group
from generate.names import *  # noqa: F403
from generate.wilson import wilson

# Missing and unseen values have alerts of their own, which compare with the baseline.
COUNTED_AS_BINS = "missing|nan|unseen_category"


def traffic_group(context):
    group, model = Group("model-drift-traffic", context.time("1m")), context.model
    group.comment("Rows per second and per window.")
    group.record(ROWS_RATE, f"sum by ({model}) (rate(model_inferences_total[{context.time('5m')}]))")
    for window in context.windows:
        group.record(ROWS, increase("model_inferences_total", ROWS, model, window, context), window=window)
    group.comment("Latency of the fleet: buckets are added, quantiles never are. Classic buckets, else native ones.")
    look_back = context.time("5m")
    for quantile in ("0.5", "0.95", "0.99"):
        buckets = f"sum by ({model}, le) (rate(model_inference_duration_seconds_bucket[{look_back}]))"
        native = f"sum by ({model}) (rate(model_inference_duration_seconds[{look_back}]))"
        group.record(LATENCY, f"""
histogram_quantile({quantile}, {buckets})
or
histogram_quantile({quantile}, {native})""", quantile=quantile)
    group.comment("Outcomes joined to predictions, per second.")
    joined = f'model_ground_truth_total{{outcome=~"matched|inline"}}[{context.time("1h")}]'
    group.record(TRUTH_RATE, f"sum by ({model}) (rate({joined}))")
    return group


def quality_group(context):
    group = Group("model-drift-quality", context.time("1m"))
    violations(group, context, "feature", f'model_feature_violations_total{{reason!~"{COUNTED_AS_BINS}"}}',
               context.by("model", "version", "feature", "reason"), VIOLATIONS, VIOLATIONS_LOW)
    violations(group, context, "row", "model_schema_violations_total",
               context.by("model", "version", "reason"), SCHEMA_VIOLATIONS, SCHEMA_VIOLATIONS_LOW)
    return group


def violations(group, context, what, counter, labels, ratio, low):
    group.comment(f"Share of rows with a schema violation of the {what}, and the share that is certain at 99 %.")
    for window in (context.short, context.fast):
        rows = f'(sum by ({context.model}) ({ROWS}{{window="{window}"}}) > 0)'
        group.record(ratio, f"""
clamp_max(
  sum by ({labels}) (increase({counter}[{window}]))
  / on ({context.model}) group_left ()
  {rows},
  1
)""", window=window)
    minimum = context.thresholds["quality"]["minimumRows"]
    match = f"on ({context.model}, window) group_left ()"
    group.record(low, wilson(ratio, f"({ROWS} >= {minimum})", "-", match, context))


def exporter_group(context):
    group, job = Group("model-drift-exporter", context.time("1m")), context.by("job")
    look_back = context.time("15m")
    group.comment("What became of the payloads.")
    group.record(PAYLOADS, f"""
sum by ({job}, outcome) (increase(model_drift_exporter_payloads_total[{look_back}]))
/ on ({job}) group_left ()
(
  sum by ({job}) (increase(model_drift_exporter_payloads_received_total[{look_back}]))
  >= {context.thresholds["exporter"]["minimumPayloads"]}
)""")
    single, paired = (f'sum by ({job}) (increase(model_drift_exporter_pairs_total{{outcome=~"{outcomes}"}}[{context.time("30m")}]))'
                      for outcomes in ("request_only|response_only", "paired"))
    group.comment("Events whose other half never came. A pair is two events; how a single one ended (expired, evicted) is no further event.")
    group.record(UNPAIRED, f"""
{single}
/
({single} + 2 * {paired} >= {context.thresholds["exporter"]["minimumPayloads"]})""")
    return group
