"""One scenario per cause: each alert stays silent, fires with its full text, and resolves."""
from scenario import Scenario
from series import MODEL, column, counter, inferences, name

BASELINE, FLEET, TRAFFIC, QUALITY = "model-drift-baseline", "model-drift-fleet", "model-drift-traffic", "model-drift-quality"
VERSIONS, PERFORMANCE, FAIRNESS, EXPORTER = ("model-drift-versions", "model-drift-performance", "model-drift-fairness",
                                             "model-drift-exporter")
LINK = "?var-model=fraud&var-version=v1"


def feature_labels(feature, role="input", **more):
    return {**MODEL, "feature": feature, "role": role, **more}


def steady(feature, minutes=300, **labels):
    return column(feature, {"00": (5000, counter((minutes, 500))), "01": (5000, counter((minutes, 500)))}, **labels)


def sharp_drift():
    """On target to minute 10, 95/5 to minute 90, on target again; four more inputs stay where they are."""
    high, low = counter((10, 500), (80, 950), (110, 500)), counter((10, 500), (80, 50), (110, 500))
    series = column("amount", {"00": (5000, high, "-Inf", "12.5"), "01": (5000, low, "12.5", "+Inf")})
    series |= column("outcome", {"no": (5000, high), "yes": (5000, low)}, role="output")
    for feature in ("age", "country", "hour", "device"):
        series |= steady(feature)
    test = Scenario("sharp drift", [BASELINE, FLEET, TRAFFIC], {**series, **inferences((200, 1000))})
    test.silent("10m")
    for at in ("75m", "89m"):
        test.fires("ModelFeatureDriftFast", at, (
            feature_labels("amount", measure="psi", window="1h"), f"model-drift-feature{LINK}&var-feature=amount",
            "fraud v1: input amount changed sharply",
            "PSI 1.32 over 1h (limit 0.12, 60000 rows), and 5m agrees. "
            "Moved most: 01 [12.5 to +Inf] 50% → 5%, 00 [-Inf to 12.5] 50% → 95%"))
        test.fires("ModelPredictionDriftFast", at, (
            feature_labels("outcome", "output", measure="psi", window="1h"), f"model-drift-predictions{LINK}",
            "fraud v1: prediction outcome changed sharply",
            "PSI 1.32 over 1h (limit 0.12, 60000 rows), and 5m agrees. Moved most: yes 50% → 5%, no 50% → 95%"))
    test.silent("75m", "ModelManyFeaturesDrifted", "ModelFeatureMissingValues", "ModelVersionDrift")
    test.silent("190m")
    return test


def many_features():
    series = {}
    for feature, moved in (("amount", 450), ("age", 400), ("hour", 350)):
        high, low = counter((10, 500), (80, 500 + moved), (110, 500)), counter((10, 500), (80, 500 - moved), (110, 500))
        series |= column(feature, {"00": (5000, high), "01": (5000, low)})
    for feature in ("country", "device", "channel"):
        series |= steady(feature)
    test = Scenario("many features", [BASELINE, FLEET], series, every="5m")
    test.silent("10m")
    test.fires("ModelManyFeaturesDrifted", "80m", (
        {**MODEL, "role": "input", "window": "1h"}, f"model-drift-model{LINK}",
        "50% of the inputs of fraud v1 have drifted together",
        "50% of the inputs with enough rows are drifted over 1h (alarm from 30%). "
        "Worst (score / limit): amount 11.2, age 7.4, hour 5.1"))
    test.silent("190m")
    return test


def slow_drift():
    """Recorded states stand for the rules: 1h agrees, does not know, or disagrees from minute 100 on."""
    series, score = {}, "feature:model_feature_drift_score:fleet"
    short = {"agrees": "2x300", "unknown": "-1x300", "healed": "2x100 0x200", "fine": "0x300", "outcome": "2x100 0x200"}
    for feature, states in short.items():
        labels = feature_labels(feature, "output" if feature == "outcome" else "input")
        ends = "2x200 0x100" if feature != "fine" else "2x300"
        series[name("feature:model_feature_drift_state:fleet", **labels, window="1h")] = states
        series[name("feature:model_feature_drift_state:fleet", **labels, window="1d")] = ends
        series[name(score, **labels, window="1d", measure="psi")] = "0.31x300"
        series[name("feature:model_feature_drift_threshold:fleet", **labels, window="1d", measure="psi", severity="drifted")] = "0.11x300"
        series[name("feature:model_feature_values:increase", **labels, window="1d")] = "86400x300"
    test = Scenario("slow drift", [], series, every="5m")
    test.silent("20m")

    def drifted(*features):
        return [(feature_labels(feature, measure="psi", window="1d"), f"model-drift-feature{LINK}&var-feature={feature}",
                 f"fraud v1: input {feature} has drifted",
                 "PSI 0.31 over 1d (limit 0.11, 86400 rows); 1h does not speak against it. Moved most: unknown") for feature in features]

    test.fires("ModelFeatureDriftSlow", "60m", *drifted("agrees", "unknown", "healed"))
    test.fires("ModelFeatureDriftSlow", "180m", *drifted("agrees", "unknown"))
    test.fires("ModelPredictionDriftSlow", "60m", (
        feature_labels("outcome", "output", measure="psi", window="1d"), f"model-drift-predictions{LINK}",
        "fraud v1: prediction outcome has drifted",
        "PSI 0.31 over 1d (limit 0.11, 86400 rows); 1h does not speak against it. Moved most: unknown"))
    test.silent("180m", "ModelPredictionDriftSlow", "ModelFeatureDriftFast")
    test.silent("290m")
    return test


def missing_and_unseen():
    bad, good = counter((10, 10), (80, 100), (110, 10)), counter((10, 990), (80, 900), (110, 990))
    series = column("holes", {"00": (9900, good), "__missing__": (100, bad)})
    series |= column("towns", {"Rome": (10000, good), "__unseen__": (0, bad)})
    # 3 of 20 rows a window: too few to be sure of anything
    series |= column("rare", {"00": (9900, "0+1x200"), "__missing__": (100, "0+0x200")})
    test = Scenario("missing and unseen values", [BASELINE, FLEET], series, every="5m")
    test.silent("10m", "ModelFeatureMissingValues", "ModelFeatureUnseenValues")
    for alert, feature, bin_, summary, text in (
            ("ModelFeatureMissingValues", "holes", "__missing__", "10% of holes is missing", "10% over 1h, 1% in the baseline, from 60000 rows."),
            ("ModelFeatureUnseenValues", "towns", "__unseen__", "10% of towns are values that the baseline never saw",
             "10% over 1h, 0% in the baseline, from 60000 rows.")):
        test.fires(alert, "75m", (feature_labels(feature, bin=bin_, window="1h"), f"model-drift-feature{LINK}&var-feature={feature}",
                                  f"fraud v1: {summary}", text))
        # resolves soon after the 5m window is clean, although the 1h window is not
        test.silent("120m", alert)
    test.silent("190m")
    return test


def schema():
    series = inferences((200, 1000))
    series[name("model_feature_violations_total", **MODEL, feature="age", reason="type_mismatch", instance="a")] = counter((10, 0), (80, 50), (110, 0))
    series[name("model_feature_violations_total", **MODEL, feature="age", reason="missing", instance="a")] = counter((200, 500))
    series[name("model_schema_violations_total", **MODEL, reason="unexpected_feature", instance="a")] = counter((10, 5), (80, 40), (110, 5))
    test = Scenario("schema violations", [TRAFFIC, QUALITY], series, every="5m")
    test.silent("10m")
    test.fires("ModelFeatureViolations", "75m", (
        {**MODEL, "feature": "age", "reason": "type_mismatch", "window": "1h"}, f"model-drift-quality{LINK}",
        "fraud v1: age breaks its schema in 5% of the rows",
        "Reason type_mismatch in 5% of the rows over 1h; surely more than 1%."))
    test.fires("ModelSchemaViolations", "75m", (
        {**MODEL, "reason": "unexpected_feature", "window": "1h"}, f"model-drift-quality{LINK}",
        "fraud v1: 4% of the rows do not fit the schema",
        "Reason unexpected_feature in 4% of the rows over 1h; surely more than 1%."))
    test.silent("190m")
    return test


def features_and_baselines():
    series = {**steady("age"), **inferences((260, 1000))}
    series |= column("gone", {"a": (100, counter((30, 10), (120, 0), (110, 10)))})
    series |= column("new", {"a": (None, counter((60, 10), (200, 0)))})
    series |= column("tiny", {f"b{index:02d}": (9, counter((260, 10))) for index in range(10)})
    key = name("model_feature_baseline_values", **feature_labels("tiny"), bin="b00", lower="", upper="", instance="a")
    series[key] = "9x100 9000x160"
    other = name("model_feature_baseline_values", **feature_labels("age"), bin="00", lower="", upper="", instance="b")
    series[other] = "_x20 4000x60 _x180"
    test = Scenario("features and baselines", [BASELINE, FLEET, TRAFFIC], series, every="5m")
    test.silent("10m")
    test.fires("ModelFeatureSilent", "120m", (
        feature_labels("gone", window="1h"), f"model-drift-feature{LINK}&var-feature=gone", "fraud v1: gone is not seen any more",
        "gone (input) has a baseline but not one value in 1h, while other columns of the model have."))
    test.fires("ModelFeatureWithoutBaseline", "60m", (
        feature_labels("new", window="1h"), f"model-drift-feature{LINK}&var-feature=new", "fraud v1: new has no baseline",
        "new was seen 600 times in 1h but has no baseline, so nobody watches it."))
    test.fires("ModelFeatureBaselineTooSmall", "60m", (
        feature_labels("tiny", window="1d", reason="baseline_too_small"), f"model-drift-feature{LINK}&var-feature=tiny",
        "fraud v1: the baseline of tiny is too small",
        "tiny can never get a verdict: its baseline has too few rows for its number of bins."))
    test.fires("ModelFeatureBaselineMismatch", "60m", (
        feature_labels("age"), f"model-drift-feature{LINK}&var-feature=age", "fraud v1: replicas use different baselines",
        "Replicas disagree on the bins of age, so counts of different ranges are added up and its fleet score is wrong."))
    test.silent("250m", "ModelFeatureSilent", "ModelFeatureWithoutBaseline", "ModelFeatureBaselineTooSmall", "ModelFeatureBaselineMismatch")
    return test


def baseline_age():
    """promtool's clock starts in 1970: a baseline made 180 days before minute 100 has a negative time of creation."""
    created = 100 * 60 - 180 * 86400
    series = inferences((600, 100))
    series[name("model_baseline_created_timestamp_seconds", **MODEL, baseline_id="x", instance="a")] = f"{created}x250 15000x350"
    series[name("model_drift_exporter_model_stage", **MODEL, stage="learning", instance="a")] = "0x5 1x400 0x200"
    series[name("model_drift_exporter_model_stage", **MODEL, stage="ready", instance="a")] = "1x5 0x400 1x200"
    test = Scenario("baseline age", [TRAFFIC], series, every="5m")
    test.silent("90m")
    test.fires("ModelBaselineStale", "200m", (
        MODEL, f"model-drift-model{LINK}", "fraud v1: the baseline is 180d 1h 40m 0s old",
        "The baseline was made 180d 1h 40m 0s ago (alarm from 180 days). Live traffic is compared with a world that old."))
    test.fires("ModelBaselineLearningTooLong", "400m", (
        MODEL, f"model-drift-model{LINK}", "fraud v1 is still learning its baseline",
        "At least one replica has been learning for more than 6 hours; until it is done there is no verdict on this model."))
    test.silent("350m")
    test.silent("500m")
    return test


RATE, DAY = "model:model_inferences:rate5m", 1440


def traffic_stops():
    """A version is replaced by the next, then the model gets nothing; another model's series vanish with its exporter's memory.

    A third one stops on its first day, and at last all exporters go: neither is told here.
    """
    up = 'up{job="drift-exporter",instance="a"}'
    series = {name(RATE, **MODEL): "0.1x1499 0x1200", name(RATE, model="fraud", version="v2"): "0x1499 0.1x499 0x79 0.1x320 0x300",
              name(RATE, model="forgotten", version="v1"): "0.1x1999 _x80 0.1x320 _x300",
              name(RATE, model="fresh", version="v1"): "_x1900 0.1x39 0x760", up: "1x2399 0x300"}
    test = Scenario("traffic stops", [], series, every="5m")
    test.silent("1995m")
    text = "No row in 15m, though there was traffic at this time yesterday; at the pace of the last day it would have been {}. Exporters are up."
    test.fires("ModelTrafficStopped", "2050m", *(
        ({"model": model}, f"model-drift-model?var-model={model}", f"Model {model} gets no traffic any more", text.format(rows))
        for model, rows in (("fraud", 87), ("forgotten", 90))))
    test.silent("2150m")
    test.silent("2600m", "ModelTrafficStopped")
    return test


def office_hours():
    """Used from 9 to 17, five days a week. On Wednesday of the second week nothing comes from 11 to 13."""
    workday, weekend, outage = "0x539 1x479 0x419", "0x1439", "0x539 1x119 0x119 1x239 0x419"
    days = [workday] * 5 + [weekend] * 2 + [workday] * 2 + [outage, workday, workday, weekend]
    up = 'up{job="drift-exporter",instance="a"}'
    test = Scenario("office hours", [], {name(RATE, model="office", version="v1"): " ".join(days), up: f"1x{len(days) * DAY}"}, every="5m")
    at = lambda day, hour, minute=0: f"{day * DAY + hour * 60 + minute}m"  # noqa: E731
    for day in (0, 1, 4, 8, 9):
        for hour, minute in ((8, 55), (12, 30) if day != 9 else (10, 55), (17, 30), (18, 30), (23, 0)):
            test.silent(at(day, hour, minute), "ModelTrafficStopped")
    test.fires("ModelTrafficStopped", at(9, 11, 30), (
        {"model": "office"}, "model-drift-model?var-model=office", "Model office gets no traffic any more",
        "No row in 15m, though there was traffic at this time yesterday; at the pace of the last day it would have been 281. Exporters are up."))
    for hour in (11, 14):
        test.silent(at(12, hour), "ModelTrafficStopped")
    return test


def latency():
    series = {}
    for le, fast, slow in (("0.01", 50, 0), ("0.1", 100, 50), ("1.0", 100, 100), ("+Inf", 100, 100)):
        series[name("model_inference_duration_seconds_bucket", **MODEL, le=le, instance="a")] = counter((200, fast), (30, slow), (170, fast))
    test = Scenario("latency", [TRAFFIC], series, every="5m")
    test.silent("190m")
    test.fires("ModelLatencyRegression", "225m", (
        {**MODEL, "quantile": "0.95"}, f"model-drift-predictions{LINK}", "fraud v1 answers slower than usual",
        "95% of the answers come within 910ms, usually (mean of the last day) within 91ms."))
    test.silent("390m")
    return test


def payloads():
    job = {"job": "drift-exporter", "instance": "a"}
    series = {name("model_drift_exporter_payloads_received_total", **job): counter((300, 100))}
    for outcome, reason, bad in (("observed", "", (100, 83)), ("rejected", "malformed_json", (0, 10)), ("rejected", "truncated", (0, 2)),
                                 ("dropped", "queue_full", (0, 5))):
        series[name("model_drift_exporter_payloads_total", **job, outcome=outcome, reason=reason, protocol="kserve-v1")] = counter(
            (10, bad[0]), (80, bad[1]), (210, bad[0]))
    for outcome, bad in (("paired", (100, 70)), ("request_only", (0, 20)), ("expired", (0, 10)), ("duplicate", (1, 1))):
        series[name("model_drift_exporter_pairs_total", **job, outcome=outcome)] = counter((10, bad[0]), (80, bad[1]), (210, bad[0]))
    series[name("model_drift_exporter_queue_bytes", **job)] = "0x20 900x60 0x220"
    series[name("model_drift_exporter_queue_limit_bytes", **job)] = "1000x300"
    series[name("model_drift_exporter_config_last_reload_successful", **job)] = "1x20 0x60 1x220"
    series[name("model_drift_exporter_series_refused_total", **job)] = "0x20 7x280"
    test = Scenario("payloads", [EXPORTER], series)
    link = "model-drift-exporter?var-job=drift-exporter"
    test.silent("10m")
    test.fires("ModelDriftExporterPayloadsRejected", "75m", (
        {"job": "drift-exporter", "outcome": "rejected"}, link, "drift-exporter: 12% of the payloads cannot be read",
        "12% of the payloads were rejected over 15m (alarm from 1%); these rows are in no statistic. "
        "By reason: malformed_json (kserve-v1) 150, truncated (kserve-v1) 30"))
    test.fires("ModelDriftExporterPayloadsDropped", "75m", (
        {"job": "drift-exporter", "outcome": "dropped"}, link,
        "drift-exporter: 5% of the payloads are lost because the exporter cannot keep up",
        "5% of the payloads were dropped over 15m (alarm from 1%); these rows are in no statistic. By reason: queue_full (kserve-v1) 75"))
    test.fires("ModelDriftExporterUnpaired", "75m", (
        {"job": "drift-exporter"}, link, "drift-exporter: 12.5% of the events find no partner",
        "12.5% of request and response events stayed single over 30m, so predictions and latency are missing for them."))
    test.fires("ModelDriftExporterQueueFull", "75m", (
        job, link, "a: the queue is 90% full",
        "The exporter reads slower than traffic comes in. When the queue is full, payloads are dropped (and counted); "
        "the model server does not notice."))
    test.fires("ModelDriftExporterReloadFailed", "75m", (
        job, link, "a: the new configuration was refused",
        "The last reload failed, so the exporter goes on with the configuration before it."))
    test.fires("ModelDriftExporterSeriesRefused", "75m", (
        job, link, "a: a limit on models, features or categories was reached",
        "7 new models, versions, features or categories were refused within the last hour; they are in no statistic."))
    test.silent("200m")
    return test


def pairs():
    """10 of 200 events stay single, and each is counted again when its wait ends; and a mirror that copies no responses."""
    series = {}
    for job, outcomes in (("drift-exporter", {"paired": "0+95x120", "request_only": "0+10x120", "response_only": "0x120", "expired": "0+10x120"}),
                          ("requests-drift-exporter", {"paired": "0x120", "request_only": "0+100x120", "response_only": "0x120",
                                                       "expired": "0+100x120"})):
        for outcome, values in outcomes.items():
            series[name("model_drift_exporter_pairs_total", job=job, instance="a", outcome=outcome)] = values
    test = Scenario("pairs", [EXPORTER], series)
    test.value("exporter:model_drift_exporter_unpaired:ratio", "60m", ({"__name__": "exporter:model_drift_exporter_unpaired:ratio", "job": "drift-exporter"}, 0.05), (
        {"__name__": "exporter:model_drift_exporter_unpaired:ratio", "job": "requests-drift-exporter"}, 1))
    test.silent("110m", "ModelDriftExporterUnpaired")
    return test


def presence():
    """One exporter goes away, then all do; both come back. A stranger's job is nobody's business."""
    series = {name("up", job="drift-exporter", instance="a"): "1x20 0x40 1x40 _x60 1x100",
              name("up", job="drift-exporter", instance="b"): "1x100 _x60 1x100",
              name("up", job="drift-exporter-baseline", instance="a"): "1x20 0x40 1x40 _x60 1x100",
              name("up", job="drift-exporter-baseline", instance="b"): "1x200 0x30 1x70",
              name("up", job="node", instance="a"): "0x300"}
    test = Scenario("exporters come and go", [], series)
    test.silent("15m")
    test.fires("ModelDriftExporterDown", "45m", unsteady("drift-exporter", "0%"))
    test.silent("80m")
    test.fires("ModelDriftExporterAbsent", "140m", (
        {}, "model-drift-exporter", "There are no drift exporters any more",
        "Prometheus has no target whose job matches drift-exporter: no model is watched, and all other alerts about models are mute."))
    test.silent("190m")
    test.fires("ModelDriftExporterDown", "230m", unsteady("drift-exporter-baseline", "0%", "b"))
    test.silent("280m")
    return test


def unsteady(job, share, instance="a"):
    return ({"job": job, "instance": instance}, f"model-drift-exporter?var-job={job}",
            f"{instance}: the drift exporter cannot be scraped, or not reliably",
            f"{share} of its scrapes within the last 15m succeeded (alarm below 70%). "
            "Its share of the traffic is missing in every verdict; the model server is not affected.")


def crash_loop():
    """Up for one scrape of five, again and again; the next one misses a scrape now and then; a third is gone for good."""
    series = {name("up", job="drift-exporter", instance="a"): "1x20" + " 0x3 1" * 20 + " 1x100",
              name("up", job="drift-exporter", instance="b"): " ".join(["0", "1x4"] * 40),
              name("up", job="drift-exporter", instance="c"): "1x20 0x1 _x200"}
    test = Scenario("crash loop", [], series)
    test.silent("20m")
    for at in range(60, 66):
        test.value('count by (instance) (ALERTS{alertname="ModelDriftExporterDown",alertstate="firing"})', f"{at}m", ({"instance": "a"}, 1))
    test.silent("140m")
    return test


def degraded():
    job = {"job": "drift-exporter", "instance": "a"}
    state = "model_drift_exporter_truth_store_state"
    series = {name(state, **job, **{state: "degraded"}): "0x20 1x40 0x140", name(state, **job, **{state: "disk"}): "1x20 0x40 1x140",
              name("model_drift_exporter_access_files_usable", **job): "1x20 0x40 1x140",
              name("model_drift_exporter_snapshot_failures_total", **job): "3x20 5+2x38 81x140",
              name("model_drift_exporter_evaluation_failures_total", **job): "0x20 1+1x38 39x140",
              name("model_drift_exporter_snapshot_failures_total", job="drift-exporter", instance="b"): "7x200"}
    test = Scenario("degraded exporters", [], series)
    test.silent("20m")
    test.fires("ModelDriftExporterDegraded", "50m", *(
        ({**job, "reason": reason}, "model-drift-exporter?var-job=drift-exporter", f"a {summary}", text) for reason, summary, text in (
            ("truth_store", "keeps predictions in memory only",
             "The disk of the predictions that wait for their outcome cannot be used. They wait in memory; a restart loses them."),
            ("snapshots", "cannot save its state",
             "Snapshots could not be written or read within the last 15m. The exporter works on in memory; "
             "a restart loses what came since the last one."),
            ("access_files", "cannot read changed access files",
             "Certificates, users or tokens have changed, and their files cannot be used. Those from before stay in force."),
            ("evaluations", "fails to evaluate",
             "Evaluations ended with a bug within the last 15m. The report before them stays in force, so its verdicts grow old."))))
    test.silent("100m")
    return test


def verdicts_missing():
    series = {name("model_baseline_rows", **MODEL, instance="r0"): "10000x180"}
    series[name("feature:model_feature_drift_state:fleet", **feature_labels("age"), window="1h")] = "0x20 _x60 0x100"
    test = Scenario("recording rules are broken", [], series)
    test.silent("10m")
    test.fires("ModelDriftVerdictsMissing", "75m", (
        MODEL, f"model-drift-model{LINK}", "fraud v1 has exporters but no verdict",
        "1 exporters have a baseline, but the recording rules write no state for its features."))
    test.silent("150m")
    return test


def canary():
    series = column("answer", {"no": (5000, counter((300, 900))), "yes": (5000, counter((300, 900)))}, role="output")
    series |= column("answer", {"no": (5000, counter((20, 50), (100, 80), (180, 50))), "yes": (5000, counter((20, 50), (100, 20), (180, 50)))},
                     role="output", version="v2")
    series |= {**inferences((300, 1800)), **inferences((300, 100), version="v2")}
    test = Scenario("a canary answers differently", [BASELINE, FLEET, TRAFFIC, VERSIONS], series, every="5m")
    test.silent("20m", "ModelVersionDrift")
    test.fires("ModelVersionDrift", "100m", (
        {"model": "fraud", "version": "v2", "reference": "v1", "feature": "answer", "role": "output", "window": "1h", "measure": "psi"},
        "model-drift-versions?var-model=fraud&var-version=v2", "fraud v2 answers differently from v1",
        "answer of version v2 against v1: PSI 0.42 over 1h, beyond what chance explains."))
    test.silent("250m", "ModelVersionDrift")
    return test
