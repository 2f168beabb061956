"""Routing, inhibition and the text that reaches people, on both versions of Alertmanager."""
import json
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from urllib.parse import quote

from promtool import ROOT, BothVersions
from scenario import alert_rules
from servers import StandIn, alertmanager, eventually, http, routing

CONFIG = ROOT / "alertmanager/alertmanager.yml"
MODEL = {"model": "fraud", "version": "v1"}
QUICK = {"group_wait": ("30s", "1s"), "group_interval": ("5m", "1s")}


def receivers(alert, severity):
    """Who is told, in words; the routes must say the same."""
    models = not alert.startswith("ModelDriftExporter")
    if severity == "info":
        return "null"
    chat = "slack-models" if models else "slack-platform"
    if alert == "ModelRetrainingRecommended":
        return "retraining-webhook,slack-models"
    return f"pagerduty,{chat}" if severity == "critical" else chat


def alert(name, labels, summary, starts="2030-01-01T00:00:00Z", ends=None, **annotations):
    rule = alert_rules()[name]
    links = {"dashboard_url": "http://grafana/d/x?var-model=fraud", "runbook_url": f"http://runbooks/{name}.md"}
    result = {"labels": {"alertname": name, "severity": rule["labels"]["severity"], **labels},
              "annotations": {"summary": summary, "description": f"{summary}: numbers", "action": "Do this first.", **links, **annotations}}
    return {**result, **({"startsAt": starts, "endsAt": ends} if ends else {})}


def silence(url, match="=", **labels):
    """The address of Alertmanager's form for a silence; `match` is that of the alert's name."""
    matchers = ",".join(f'{key}{match if key == "alertname" else "="}"{value}"' for key, value in labels.items())
    return f"{url}/#/silences/new?filter=" + quote(f"{{{matchers}}}", safe="")


class RoutingTest(BothVersions):
    def test_configuration_isValid(self):
        self.passes("amtool", "check-config", CONFIG)

    def test_everyAlert_reachesWhomItShould(self):
        for name, rule in alert_rules().items():
            severity = rule["labels"]["severity"]
            labels = [f"alertname={name}", f"severity={severity}"]
            labels += ["job=drift-exporter"] if name.startswith("ModelDriftExporter") else ["model=fraud", "version=v1"]
            with self.subTest(alert=name):
                self.passes("amtool", "config", "routes", "test", f"--config.file={CONFIG}",
                            f"--verify.receivers={receivers(name, severity)}", *labels)


class DeliveryTest(BothVersions):
    def in_both(self, check, **waits):
        for version, directory in self.directories.items():
            with self.subTest(version=version), tempfile.TemporaryDirectory() as target:
                stand_in = StandIn()
                try:
                    with alertmanager(target, directory + "prometheus-alertmanager", routing(target, stand_in, **{**QUICK, **waits})) as url:
                        check(url, stand_in)
                finally:
                    stand_in.close()

    @staticmethod
    def post(url, *alerts):
        status, text = http(f"{url}/api/v2/alerts", json.dumps(alerts).encode(), {"Content-Type": "application/json"})
        assert status == 200, text

    def test_criticalAlert_isToldInSlackAndPagerDuty(self):
        def check(url, stand_in):
            self.post(url, alert("ModelFeatureDriftFast", {**MODEL, "feature": "amount", "role": "input"}, "fraud v1: input amount changed sharply"))
            slack = eventually("a message in Slack", lambda: stand_in.bodies("/slack"))[0]
            page = eventually("a page", lambda: stand_in.bodies("/v2/enqueue"))[0]
            attachment = slack["attachments"][0]

            self.assertEqual("#model-alerts", slack["channel"])
            self.assertEqual("Critical: fraud v1: input amount changed sharply", attachment["title"])
            self.assertEqual("danger", attachment["color"])
            self.assertEqual("*fraud v1: input amount changed sharply*\nfraud v1: input amount changed sharply: numbers\n"
                             "_First step:_ Do this first.\n<http://grafana/d/x?var-model=fraud|dashboard> · "
                             "<http://runbooks/ModelFeatureDriftFast.md|runbook>", attachment["text"].strip())
            self.assertEqual({
                "Dashboard": "http://grafana/d/x?var-model=fraud", "Runbook": "http://runbooks/ModelFeatureDriftFast.md",
                "Silence": silence(url, alertname="ModelFeatureDriftFast", feature="amount", model="fraud", role="input", version="v1")},
                {action["text"]: action["url"] for action in attachment["actions"]})
            self.assertEqual("trigger", page["event_action"])
            self.assertEqual("Critical: fraud v1: input amount changed sharply", page["payload"]["summary"])
            self.assertEqual(("critical", "fraud v1", "fraud"), tuple(page["payload"][key] for key in ("severity", "component", "group")))
            self.assertIn("First step: Do this first.\nDashboard: http://grafana/d/x", page["payload"]["custom_details"]["alerts"])
            self.assertEqual(silence(url, alertname="ModelFeatureDriftFast", feature="amount", model="fraud", role="input", version="v1"),
                             page["payload"]["custom_details"]["silence"])
            self.assertEqual(["Dashboard", "Runbook"], [link["text"] for link in page["links"]])

        self.in_both(check)

    def test_silenceLink_coversWhatAlertsOfTheMessageShare(self):
        """Slack has a message per alert's name, PagerDuty an incident per model."""
        def check(url, stand_in):
            income = {"feature": "monthly income", "role": "input", "window": "1h", "measure": "psi"}
            self.post(url, alert("ModelFeatureDriftFast", {**MODEL, **income}, "income"),
                      alert("ModelFeatureDriftFast", {**MODEL, **income, "feature": "age"}, "age"),
                      alert("ModelPerformanceDrop", {**MODEL, "segment": 'country=de "old"', "metric": "recall"}, "recall"))
            slack = eventually("two messages in Slack", lambda: stand_in.bodies("/slack")[1:] and stand_in.bodies("/slack"))
            page = eventually("a page", lambda: stand_in.bodies("/v2/enqueue"))[0]
            links = {action["url"] for body in slack for action in body["attachments"][0]["actions"] if action["text"] == "Silence"}

            self.assertEqual({
                silence(url, alertname="ModelFeatureDriftFast", model="fraud", role="input", version="v1"),
                silence(url, alertname="ModelPerformanceDrop", metric="recall", model="fraud", segment='country=de \\"old\\"', version="v1")}, links)
            self.assertIn(page["payload"]["custom_details"]["silence"], {
                silence(url, "=~", alertname=names, model="fraud", version="v1")
                for names in ("ModelFeatureDriftFast|ModelPerformanceDrop", "ModelPerformanceDrop|ModelFeatureDriftFast")})

        self.in_both(check)

    def test_resolvedAlert_saysSo(self):
        def check(url, stand_in):
            labels = {**MODEL, "feature": "amount", "role": "input"}
            self.post(url, alert("ModelFeatureMissingValues", labels, "fraud v1: 10% of amount is missing"))
            eventually("the alert in Slack", lambda: stand_in.bodies("/slack"))
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 1))
            self.post(url, alert("ModelFeatureMissingValues", labels, "fraud v1: 10% of amount is missing", "2020-01-01T00:00:00Z", now))
            attachment = eventually("its end in Slack", lambda: stand_in.bodies("/slack")[1:])[0]["attachments"][0]

            self.assertEqual("Resolved: fraud v1: 10% of amount is missing", attachment["title"])
            self.assertEqual("good", attachment["color"])
            self.assertRegex(attachment["text"], r"^:white_check_mark: fraud v1: 10% of amount is missing: over since \d\d:\d\d UTC")
            self.assertEqual([], stand_in.bodies("/v2/enqueue"))

        self.in_both(check)

    def test_inhibition_tellsOneCauseOnce(self):
        def check(url, stand_in):
            amount = {**MODEL, "feature": "amount", "role": "input"}
            self.post(url, alert("ModelManyFeaturesDrifted", {**MODEL, "role": "input", "window": "1h"}, "many"))
            self.post(url, alert("ModelFeatureDriftFast", amount, "one of many"),
                      alert("ModelFeatureDriftSlow", amount, "slow"),
                      alert("ModelPredictionDriftFast", {**MODEL, "feature": "outcome", "role": "output"}, "prediction"),
                      alert("ModelPredictionDriftSlow", {**MODEL, "feature": "outcome", "role": "output"}, "prediction slow"),
                      alert("ModelFeatureDriftFast", {**amount, "model": "other"}, "another model"),
                      alert("ModelTrafficStopped", {"model": "quiet"}, "quiet"),
                      alert("ModelFeatureSilent", {"model": "quiet", "version": "v1", "feature": "x", "role": "input"}, "silent"),
                      alert("ModelPerformanceDrop", {**MODEL, "metric": "accuracy"}, "worse"),
                      alert("ModelEstimatedPerformanceDrop", {**MODEL, "metric": "accuracy"}, "probably worse"))
            told = {"many", "prediction", "another model", "quiet", "worse"}
            eventually("all that is not inhibited", lambda: told <= self.summaries(stand_in))
            time.sleep(3)  # the others would have had their turn by now: the groups wait for one second
            self.assertEqual(told, self.summaries(stand_in))

        self.in_both(check)

    def test_absentExporters_areTheOnlyAlert(self):
        def check(url, stand_in):
            self.post(url, alert("ModelDriftExporterAbsent", {}, "no exporters"))
            self.post(url, alert("ModelTrafficStopped", {"model": "fraud"}, "no traffic"),
                      alert("ModelDriftVerdictsMissing", MODEL, "no verdicts"),
                      alert("ModelDriftExporterReloadFailed", {"job": "drift-exporter", "instance": "a"}, "reload"))
            eventually("the other alert of the platform", lambda: {"no exporters", "reload"} <= self.summaries(stand_in))
            time.sleep(2)
            self.assertEqual({"no exporters", "reload"}, self.summaries(stand_in))

        self.in_both(check)

    @staticmethod
    def summaries(stand_in):
        return {line.strip("*") for body in stand_in.bodies("/slack") for line in body["attachments"][0]["text"].splitlines() if line.startswith("*")}

    def test_manyAlerts_areCutShort(self):
        def check(url, stand_in):
            self.post(url, *(alert("ModelFeatureDriftFast", {**MODEL, "feature": f"f{index:02d}", "role": "input"}, f"feature {index}")
                             for index in range(30)))
            text = eventually("the message", lambda: stand_in.bodies("/slack"))[0]["attachments"][0]
            self.assertEqual("Critical: feature 0 (one of 30 alerts)", text["title"])
            self.assertEqual(8, text["text"].count("_First step:_"))
            self.assertIn("… 30 alerts in all; the dashboard shows the rest.", text["text"])

        self.in_both(check)

    def test_retrainingWebhook_startsThePipelineOnce(self):
        def check(url, stand_in):
            self.post(url, alert("ModelRetrainingRecommended", {**MODEL, "reason": "persistent_drift"}, "retrain"))
            body = eventually("the webhook", lambda: stand_in.bodies("/retrain"))[0]
            headers = next(headers for path, _, headers in stand_in.received if path == "/retrain")
            self.assertEqual("Bearer swordfish", headers["Authorization"])
            self.start_pipeline(body)

        self.in_both(check)

    def start_pipeline(self, body):
        with tempfile.TemporaryDirectory() as directory:
            token, started = Path(directory) / "token", Path(directory) / "started"
            token.write_text("swordfish\n")
            command = f'echo "$MODEL $VERSION $REASON" >>{started}'
            child = subprocess.Popen(
                [sys.executable, ROOT / "alertmanager/examples/retraining_webhook.py", "--listen", "127.0.0.1:0",
                 "--token-file", token, "--command", command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                url = "http://" + child.stdout.readline().split()[-1]
                good = {"Authorization": "Bearer swordfish"}
                answers = [http(url, content, headers)[0] for content, headers in (
                    (json.dumps(body).encode(), good), (json.dumps(body).encode(), good), (json.dumps(body).encode(), {}),
                    (b"no json", good), (b'{"alerts": [{}]}', good))]
            finally:
                child.terminate()
                child.communicate(timeout=10)

            self.assertEqual([200, 200, 401, 400, 400], answers)
            self.assertEqual("fraud v1 persistent_drift\n", started.read_text())


if __name__ == "__main__":
    unittest.main()
