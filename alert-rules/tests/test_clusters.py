"""Rules, routes and gates for models of the same name in several clusters: nothing of one is ever told about the other."""
import sys
import unittest

import yaml

from alert_scenarios import BASELINE, FLEET, RATE, TRAFFIC
from promtool import ROOT, BothVersions
from scenario import Scenario, directory
from series import MODEL, column, counter, name

sys.path.insert(0, str(ROOT))
from generate.context import Context  # noqa: E402
from generate.files import files  # noqa: E402

FILES = files(Context(extra_labels=("cluster",)))
RULES = [group for path in ("recording", "alerts") for group in yaml.safe_load(FILES[f"rules/model-drift-{path}.yml"])["groups"]]
LINK = "?var-cluster={}&var-model=fraud"


def drift():
    """The same column drifts far in one cluster, less in the second, and not in the third."""
    series = {}
    for cluster, high, low in (("eu", 950, 50), ("us", 1600, 400), ("ap", 500, 500)):
        usual = (high + low) // 2
        series |= column("amount", {"00": (5000, counter((10, usual), (80, high))), "01": (5000, counter((10, usual), (80, low)))}, cluster=cluster)
    test = Scenario("clusters drift", [BASELINE, FLEET, TRAFFIC], series, every="5m", rules=RULES)
    test.fires("ModelFeatureDriftFast", "80m", *(
        ({**MODEL, "cluster": cluster, "feature": "amount", "role": "input", "measure": "psi", "window": "1h"},
         f"model-drift-feature{LINK.format(cluster)}&var-version=v1&var-feature=amount",
         f"fraud v1 in {cluster}: input amount changed sharply", f"PSI {text}")
        for cluster, text in (
            ("eu", "1.32 over 1h (limit 0.12, 60000 rows), and 5m agrees. Moved most: 01 50% → 5%, 00 50% → 95%"),
            ("us", "0.42 over 1h (limit 0.12, 120000 rows), and 5m agrees. Moved most: 01 50% → 20%, 00 50% → 80%"))))
    return test


def traffic():
    """It stops in eu; in us it stops with the exporters, which are absent there."""
    series = {name("up", job="drift-exporter", instance=cluster, cluster=cluster): up
              for cluster, up in (("eu", "1x2200"), ("us", "1x1999 _x200"), ("ap", "1x2200"))}
    for cluster, rate in (("eu", "0.1x1999 0x200"), ("us", "0.1x1999 _x200"), ("ap", "0.1x2200")):
        series[name(RATE, **MODEL, cluster=cluster)] = rate
    test = Scenario("clusters stop", [], series, every="5m", rules=RULES)
    del test.series['up{job="drift-exporter",instance="a"}']
    test.fires("ModelTrafficStopped", "2050m", (
        {"cluster": "eu", "model": "fraud"}, f"model-drift-model{LINK.format('eu')}", "Model fraud in eu gets no traffic any more",
        "No row in 15m, though there was traffic at this time yesterday; at the pace of the last day it would have been 87. Exporters are up."))
    test.fires("ModelDriftExporterAbsent", "2050m", (
        {"cluster": "us"}, "model-drift-exporter?var-cluster=us", "There are no drift exporters in us any more",
        "Prometheus has no target whose job matches drift-exporter: no model is watched, and all other alerts about models are mute."))
    return test


class ClustersTest(BothVersions):
    def test_alerts_tellAboutTheirOwnCluster(self):
        with directory() as target:
            for scenario in (drift(), traffic()):
                with self.subTest(scenario=scenario.name):
                    self.passes("promtool", "test", "rules", scenario.write(target))

    def test_everyText_asksForNumbersOfItsOwnCluster(self):
        for rule in (rule for group in RULES for rule in group["rules"] if "alert" in rule):
            for text in rule["annotations"].values():
                with self.subTest(alert=rule["alert"]):
                    self.assertNotRegex(text, r"{(?!cluster=%q)\w+=%q")

    def test_routesAndInhibitions_keepClustersApart(self):
        config = yaml.safe_load(FILES["alertmanager/alertmanager.yml"])
        routes = [config["route"], *config["route"]["routes"]]

        self.assertEqual({"cluster"}, {route["group_by"][0] for route in routes if "group_by" in route})
        self.assertEqual({"cluster"}, {rule["equal"][0] for rule in config["inhibit_rules"]})
        spec = next(yaml.safe_load_all(FILES["kubernetes/alertmanagerconfig.yaml"]))["spec"]
        self.assertEqual(config["route"]["group_by"], spec["route"]["groupBy"])
        self.assertEqual([rule["equal"] for rule in config["inhibit_rules"]], [rule["equal"] for rule in spec["inhibitRules"]])

    def test_furtherLabels_areInSilenceLinks_once(self):
        for labels in (("cluster",), ("region", "cluster")):
            template = files(Context(extra_labels=labels))["alertmanager/templates/model-drift.tmpl"]
            for label in labels:
                with self.subTest(labels=labels, label=label):
                    self.assertRegex(template, rf'match "\^\((\w+\|)*{label}\|')
                    self.assertEqual(1, template.count("cluster"))

    def test_gates_askForOneCluster(self):
        for path in ("argo-rollouts", "flagger"):
            queries = [line for line in FILES[f"kubernetes/optional/{path}.yaml"].splitlines() if "query:" in line]
            self.assertEqual(2, len(queries))
            for query in queries:
                self.assertIn('{cluster="{{', query)
        arguments = yaml.safe_load(FILES["kubernetes/optional/argo-rollouts.yaml"])["spec"]["args"]
        self.assertEqual(["cluster", "model", "version", "prometheus"], [each["name"] for each in arguments])


if __name__ == "__main__":
    unittest.main()
