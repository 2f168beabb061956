"""End to end with real processes: exporters, both versions of Prometheus and of Alertmanager, stand-ins for Slack and PagerDuty.

Three exporters with different traffic, one restarted in the middle and one added; a fourth process sees all rows. The rules run in
fast motion: a minute takes three seconds.
"""
import contextlib
import json
import os
import sys
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import reference  # noqa: E402
from generate.context import Context  # noqa: E402
from generate.files import files  # noqa: E402
from promtool import tool_directories  # noqa: E402
from servers import StandIn, alertmanager, eventually, free_port, http, process, routing  # noqa: E402
from traffic import COLUMNS, BASELINE_ROWS, BINS, Traffic, baseline  # noqa: E402

JAR = ROOT.parent / "exporter/target/model-drift-exporter.jar"
INTERVAL = 3
SETTINGS = dict(windows=("15s", "60s", "10m"), scale=INTERVAL / 60)
AMOUNT = 'model="fraud", feature="amount"'
FAST = "ModelFeatureDriftFast"


class Exporter:
    """A process of the real jar that can be ended and started again at the same address."""

    def __init__(self, directory, name):
        self.directory, self.name, self.address = Path(directory), name, f"127.0.0.1:{free_port()}"
        self.config = self.directory / f"{name}.yaml"
        self.config.write_text(json.dumps({"listen": self.address, "models": [{"name": "fraud", "version": "v1", "baseline": "baseline.json"}]}))
        self.stack = contextlib.ExitStack()

    def start(self):
        command = ["java", "-Xmx128m", "-XX:+UseSerialGC", "-jar", JAR, "serve", "--config", self.config]
        self.stack.enter_context(process(command, self.directory / f"{self.name}.log", f"http://{self.address}/-/ready"))

    def stop(self):
        self.stack.close()

    def post(self, rows):
        body = json.dumps([{"model": "fraud", "version": "v1", "features": row} for row in rows]).encode()
        status, text = http(f"http://{self.address}/api/v1/inferences", body, {"Content-Type": "application/json"})
        if status // 100 != 2:
            raise AssertionError(f"{self.name} answered {status}: {text}")


class Monitoring:
    """One Prometheus and one Alertmanager of the same version, and the stand-in that hears from them."""

    def __init__(self, stack, directory, version, tools, exporters):
        self.version, self.stand_in = version, StandIn()
        self.directory = Path(directory) / version
        self.directory.mkdir()
        stack.callback(self.stand_in.close)
        config = routing(self.directory, self.stand_in, group_wait=("30s", "1s"), group_interval=("5m", "2s"))
        self.alerts = stack.enter_context(alertmanager(self.directory, tools + "prometheus-alertmanager", config))
        self.url = f"http://127.0.0.1:{free_port()}"
        self.targets = self.directory / "replicas.json"
        self.scrape(exporters)
        self.directory.joinpath("prometheus.yml").write_text(json.dumps(self.config(exporters["pooled"].address)))
        stack.enter_context(process(
            [tools + "prometheus", f"--config.file={self.directory}/prometheus.yml", f"--storage.tsdb.path={self.directory}/data",
             f"--web.listen-address={self.url[7:]}", "--log.level=warn"], self.directory / "prometheus.log", f"{self.url}/-/ready"))

    def config(self, pooled):
        rules = Path(self.directory).parent / "rules"
        scrape = {"scrape_interval": "500ms", "scrape_timeout": "500ms"}
        return {
            "global": {"evaluation_interval": f"{INTERVAL}s"}, "rule_files": [f"{rules}/*.yml"],
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [self.alerts[7:]]}]}]},
            "scrape_configs": [
                {"job_name": "drift-exporter", **scrape, "file_sd_configs": [{"files": [str(self.targets)], "refresh_interval": "1s"}]},
                # the same rows in one process, under another name, so that they are not added to the fleet
                {"job_name": "pooled", **scrape, "static_configs": [{"targets": [pooled]}],
                 "metric_relabel_configs": [{"source_labels": ["model"], "regex": "fraud", "target_label": "model", "replacement": "pooled"}]}]}

    def scrape(self, exporters):
        text = json.dumps([{"targets": [each.address for name, each in exporters.items() if name != "pooled"]}])
        partial = self.targets.with_suffix(".partial")
        partial.write_text(text)
        partial.rename(self.targets)

    def query(self, expr):
        """Samples as (labels, value)."""
        status, text = http(f"{self.url}/api/v1/query?query={urllib.parse.quote(expr)}")
        assert status == 200, text
        return [(each["metric"], float(each["value"][1])) for each in json.loads(text)["data"]["result"]]

    def value(self, expr):
        samples = self.query(expr)
        return samples[0][1] if samples else None

    def samples(self, selector):
        """Every sample of the last minutes as (time, value)."""
        status, text = http(f"{self.url}/api/v1/query?query={urllib.parse.quote(selector + '[5m]')}")
        assert status == 200, text
        return sorted((at, float(value)) for each in json.loads(text)["data"]["result"] for at, value in each["values"])

    def broken_rules(self):
        """Rules whose last evaluation failed, with the reason."""
        groups = json.loads(http(f"{self.url}/api/v1/rules", timeout=60)[1])["data"]["groups"]
        return [(rule["name"], rule["lastError"]) for group in groups for rule in group["rules"] if rule["health"] == "err"]

    def suppressed(self):
        """Alert names that Alertmanager holds back because another alert explains them."""
        _, text = http(f"{self.alerts}/api/v2/alerts")
        return {each["labels"]["alertname"] for each in json.loads(text) if each["status"]["inhibitedBy"]}



class FleetOfProcessesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not JAR.exists():
            raise AssertionError(f"{JAR} is missing; build it with `make build` in the root")

    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.directory = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        (self.directory / "baseline.json").write_text(baseline())
        (self.directory / "rules").mkdir()
        for path, text in files(Context(**SETTINGS)).items():
            if path.startswith("rules/"):
                (self.directory / path).write_text(text)
        self.exporters = {}

    def start(self, name):
        exporter = self.exporters[name] = Exporter(self.directory, name)
        exporter.start()
        self.stack.callback(exporter.stop)

    def test_fleet_isJudgedAsOneProcess_andPeopleAreTold(self):
        for name in ("pooled", "a", "b", "c"):
            self.start(name)
        servers = [Monitoring(self.stack, self.directory, version, tools, self.exporters) for version, tools in tool_directories().items()]
        traffic = Traffic(lambda name, rows: self.exporters[name].post(rows), rows_per_second=int(os.environ.get("E2E_ROWS", "200")))
        for name in ("a", "b", "c"):
            traffic.add(name)
        self.wait_until_zeros_are_scraped(servers, 3)
        traffic.start()
        self.stack.callback(traffic.stop)

        self.restart_one_and_add_one(servers, traffic)
        self.wait_for_rows(servers)
        self.assert_no_drift(servers)
        traffic.shift = 0.5
        self.assert_people_are_told(servers)
        traffic.shift = 0.0
        self.assert_people_hear_the_end(servers)
        traffic.stop()
        self.assertEqual([], traffic.failures)
        self.assert_fleet_equals_pooled(servers, traffic)

    def wait_until_zeros_are_scraped(self, servers, replicas):
        """Rows that come before the first scrape of a counter are lost to `increase`."""
        for server in servers:
            eventually(f"zeros of {replicas} replicas in {server.version}", lambda: server.value(  # noqa: B023
                f"count(group by (instance) (count_over_time(model_feature_values_total{{{AMOUNT}}}[10s]) >= 3))") == replicas)

    def restart_one_and_add_one(self, servers, traffic):
        time.sleep(5)
        traffic.pause()
        try:
            time.sleep(1.5)  # the last rows must have been scraped before the process ends
            self.exporters["b"].stop()
            self.exporters["b"].start()
            self.start("d")
            for server in servers:
                server.scrape(self.exporters)
            time.sleep(1.5)
            self.wait_until_zeros_are_scraped(servers, 4)
        finally:
            traffic.resume()
        traffic.add("d")

    def wait_for_rows(self, servers):
        """Until every window has enough rows."""
        for server in servers:
            eventually("a verdict in every window", lambda: len(server.query(  # noqa: B023
                'feature:model_feature_drift_state:fleet{model="fraud"} >= 0')) == len(COLUMNS) * len(SETTINGS["windows"]))
        time.sleep(20)

    @staticmethod
    def state(server, window, model="fraud"):
        return server.value(f'feature:model_feature_drift_state:fleet{{model="{model}", feature="amount", window="{window}"}}')

    def assert_no_drift(self, servers):
        for server in servers:
            with self.subTest(version=server.version, phase="no drift"):
                states = server.query('feature:model_feature_drift_state:fleet{model="fraud"}')
                self.assertEqual(len(COLUMNS) * len(SETTINGS["windows"]), len(states))
                self.assertEqual({0.0}, {value for _, value in states}, states)
                self.assertEqual([], [body for body in server.stand_in.bodies("/v2/enqueue") if "changed sharply" in json.dumps(body)])
                # each replica sees another part of the rows: alone, every one of them would be called drifted
                self.assertEqual(4, server.value(f'count(group by (instance) (model_feature_values_total{{{AMOUNT}, job="drift-exporter"}}))'))

    def assert_people_are_told(self, servers):
        """Fires within two evaluation intervals after both windows say drifted; the rest is the group's wait of a second."""
        told = {}

        def all_told():
            for server in servers:
                if server.version not in told and self.paged(server) and self.chatted(server):
                    told[server.version] = time.time()
            return len(told) == len(servers)

        eventually("Slack and PagerDuty hear of the drift", all_told, 180)
        for server in servers:
            with self.subTest(version=server.version, phase="drift"):
                evaluations, firing = self.until_firing(server)
                print(f"{server.version}: fired {evaluations} evaluations after both windows were drifted, "
                      f"told {told[server.version] - firing:.1f} s later", flush=True)
                self.assertLessEqual(evaluations, 2)
                self.assertLessEqual(told[server.version] - firing, 10)
                attachment = self.chatted(server)[0]["attachments"][0]
                self.assertEqual("Critical: fraud v1: input amount changed sharply", attachment["title"])
                self.assertRegex(attachment["text"], r"PSI 0\.\d\d over 60s \(limit 0\.\d\d, \d+ rows\), and 15s agrees\. "
                                                     r"Moved most: 0\d \[-?[\d.Inf+]+ to [-+]?[\d.Inf]+\] \d+(\.\d+)?% → \d")
                self.assertIn("/d/model-drift-feature?var-model=fraud&var-version=v1&var-feature=amount", attachment["text"])
                self.assertEqual("Critical: fraud v1: input amount changed sharply", self.paged(server)[0]["payload"]["summary"])
                # one drifted input of three is "many": that alert comes later and explains this one
                eventually("the alert on many features explains that on one", lambda: FAST in server.suppressed(), 90)  # noqa: B023

    @staticmethod
    def until_firing(server):
        """How many evaluations after the one that found both windows drifted the alert fired, and when."""
        state = 'feature:model_feature_drift_state:fleet{' + AMOUNT + ', window="%s"}'
        short, fast = (dict(server.samples(state % window)) for window in ("15s", "60s"))
        firing = server.samples(f'ALERTS{{alertname="{FAST}", alertstate="firing", {AMOUNT}}}')[0][0]
        stable_before = max(at for at in fast if at <= firing and (fast[at] < 2 or short.get(at, 2) < 2))
        return sum(stable_before < at <= firing for at in fast) - 1, firing

    @staticmethod
    def chatted(server):
        return [body for body in server.stand_in.bodies("/slack") if "fraud v1: input amount" in body["attachments"][0]["title"]]

    @staticmethod
    def paged(server):
        return [body for body in server.stand_in.bodies("/v2/enqueue") if body["event_action"] == "trigger" and "fraud v1: input amount" in body["payload"]["summary"]]

    def assert_people_hear_the_end(self, servers):
        for server in servers:
            eventually(f"PagerDuty hears the end from {server.version}", lambda: any(  # noqa: B023
                body["event_action"] == "resolve" for body in server.stand_in.bodies("/v2/enqueue")), 180)  # noqa: B023

    def assert_fleet_equals_pooled(self, servers, traffic):
        """Over the window that holds the whole test. `increase` extrapolates each series by up to a scrape interval at either end."""
        time.sleep(2 * INTERVAL + 1)
        for server in servers:
            with self.subTest(version=server.version, phase="fleet and pooled"):
                self.assertEqual([], server.broken_rules())
                for column in COLUMNS:
                    self.compare(server, column, [traffic.counts[column][f"{index:02d}"] for index in range(BINS)])

    def compare(self, server, column, sent):
        window = f'feature="{column}", window="10m"'
        score, rows = ({model: eventually(f"{series} of {model}", lambda: server.value(f'{series}{{model="{model}", {more}{window}}}'))  # noqa: B023
                        for model in ("fraud", "pooled")}
                       for series, more in (("feature:model_feature_drift_score:fleet", 'measure="psi", '),
                                            ("feature:model_feature_values:increase", "")))
        exact = reference.measures([BASELINE_ROWS / BINS] * BINS, sent)["psi"]
        print(f"{server.version} {column}: rows sent {sum(sent)}, fleet {rows['fraud']:.0f}, pooled {rows['pooled']:.0f}; "
              f"psi of the rows {exact:.5f}, fleet {score['fraud']:.5f}, pooled {score['pooled']:.5f}", flush=True)
        for model in ("fraud", "pooled"):
            self.assertAlmostEqual(sum(sent), rows[model], delta=0.03 * sum(sent))
            self.assertAlmostEqual(exact, score[model], delta=0.002 + 0.05 * exact)


if __name__ == "__main__":
    unittest.main()
