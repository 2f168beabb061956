"""The Kubernetes manifests against the schemas of their kinds, and the gates against canaries good, bad and unknown."""
import copy
import json
import re
import unittest

import yaml

from alert_scenarios import BASELINE, FLEET, TRAFFIC, VERSIONS
from promtool import ROOT, BothVersions
from scenario import Scenario, directory, rule_groups
from schema import problems
from series import column, counter, inferences

KUBERNETES = ROOT / "kubernetes"


def documents():
    return [(path.name, each) for path in sorted(KUBERNETES.rglob("*.yaml")) for each in yaml.safe_load_all(path.read_text())]


def schema(kind):
    return json.loads((ROOT / f"tests/schemas/{kind}.json").read_text())


def of_kind(kind):
    return [each for _, each in documents() if each["kind"] == kind]


class ManifestsTest(unittest.TestCase):
    def test_manifests_fitTheirSchemas(self):
        for file, each in documents():
            if each["kind"] == "ConfigMap":
                continue
            with self.subTest(file=file, name=each["metadata"]["name"]):
                self.assertEqual([], problems(each, schema(each["kind"])))

    def test_schemas_findMistakes(self):
        config = of_kind("AlertmanagerConfig")[0]
        for change, problem in ((lambda spec: spec["receivers"][1]["slackConfigs"][0].update(chanel="x"), "slackConfigs[0].chanel: unknown"),
                                (lambda spec: spec["inhibitRules"][0]["sourceMatch"][0].update(matchType="=="), "matchType: '==' is none of"),
                                (lambda spec: spec["receivers"][0].pop("name"), "receivers[0].name: missing")):
            with self.subTest(problem=problem):
                broken = copy.deepcopy(config)
                change(broken["spec"])
                self.assertIn(problem, "\n".join(problems(broken, schema("AlertmanagerConfig"))))

    def test_prometheusRule_holdsTheRuleFiles(self):
        self.assertEqual(rule_groups(), of_kind("PrometheusRule")[0]["spec"]["groups"])

    def test_routesOfTheManifest_areThoseOfTheFile(self):
        source = yaml.safe_load((ROOT / "alertmanager/alertmanager.yml").read_text())
        spec = of_kind("AlertmanagerConfig")[0]["spec"]

        def texts(route):
            return [f'{each["name"]}{each["matchType"]}"{each["value"]}"' for each in route.get("matchers", [])]

        self.assertEqual([(each["receiver"], each.get("matchers", [])) for each in source["route"]["routes"]],
                         [(each["receiver"], texts(each)) for each in spec["route"]["routes"]])
        self.assertEqual([each["name"] for each in source["receivers"]], [each["name"] for each in spec["receivers"]])

    def test_patchOfTheAlertmanager_namesWhatTheManifestsHold(self):
        config, templates = (each for file, each in documents() if file == "alertmanagerconfig.yaml")
        patch = {"spec": {"alertmanagerConfiguration": {"name": config["metadata"]["name"], "templates": [
            {"configMap": {"name": templates["metadata"]["name"], "key": next(iter(templates["data"]))}}]}}}
        for path in (ROOT / "README.md", KUBERNETES / "alertmanagerconfig.yaml"):
            with self.subTest(path=path.name):
                command = re.search(r"patch alertmanager main --type merge -p '(.*?)'", path.read_text(), re.DOTALL)
                self.assertEqual(patch, json.loads(command[1]))

    def test_secrets_areReferredTo_neverContained(self):
        text = (ROOT / "alertmanager/alertmanager.yml").read_text() + "".join(path.read_text() for path in KUBERNETES.rglob("*.yaml"))
        for inline in ("slack_api_url:", "routing_key:", "service_key:", "password:", "bearer_token:", "hooks.slack.com"):
            self.assertNotIn(inline, text)

    def test_theFolder_isAppliedAtOnce_withOneMonitorAndOnlyTheOperatorsKinds(self):
        """Two monitors would scrape every exporter twice, and sums over replicas would be double."""
        kinds = [each["kind"] for path in KUBERNETES.glob("*.yaml") for each in yaml.safe_load_all(path.read_text())]
        self.assertEqual(["AlertmanagerConfig", "ConfigMap", "PodMonitor", "PrometheusRule"], sorted(kinds))

    def test_monitors_lookIntoAllNamespaces(self):
        for kind in ("PodMonitor", "ServiceMonitor"):
            self.assertEqual({"any": True}, of_kind(kind)[0]["spec"]["namespaceSelector"])

    def test_bothScrapeEndpoints_coverAllMetrics(self):
        for kind, key in (("PodMonitor", "podMetricsEndpoints"), ("ServiceMonitor", "endpoints")):
            endpoints = {each["path"]: each for each in of_kind(kind)[0]["spec"][key]}
            with self.subTest(kind=kind):
                self.assertEqual({"exclude": ["baseline"]}, endpoints["/metrics"]["params"])
                # an instant selector looks back five minutes: a rarer scrape would make the baseline come and go
                self.assertEqual("1m", endpoints["/metrics/baseline"]["interval"])


def argo(result, metric):
    """What Argo Rollouts makes of a query's result."""
    allowed = {"__builtins__": {}, "len": len, "result": result}
    success, failure = (eval(metric[key].replace("&&", "and"), allowed) for key in ("successCondition", "failureCondition"))  # noqa: S307
    return "Successful" if success else "Failed" if failure else "Inconclusive"


class GatesTest(BothVersions):
    """v2 is a canary beside v1: alike, different, or with hardly any traffic."""

    def canary(self, name, no, yes):
        series = column("answer", {"no": (5000, counter((90, 900))), "yes": (5000, counter((90, 900)))}, role="output")
        series |= column("answer", {"no": (5000, counter((90, no))), "yes": (5000, counter((90, yes)))}, role="output", version="v2")
        return Scenario(name, [BASELINE, FLEET, TRAFFIC, VERSIONS], {**series, **inferences((90, 1800)), **inferences((90, no + yes), version="v2")},
                        every="5m")

    def gates(self):
        """metric -> (query for Argo, query for Flagger) for version v2 of fraud."""
        def filled(query, style):
            for name, value in (("model", "fraud"), ("version", "v2")):
                query = query.replace(style % name, value)
            self.assertNotIn("{{", query)
            return query

        flagger = [filled(each["spec"]["query"], "{{ variables.%s }}") for each in of_kind("MetricTemplate")]
        return [(metric, filled(metric["provider"]["prometheus"]["query"], "{{args.%s}}"), other)
                for metric, other in zip(of_kind("AnalysisTemplate")[0]["spec"]["metrics"], flagger, strict=True)]

    def test_gates_tellGoodFromBadFromUnknown(self):
        with directory() as target:
            for name, no, yes, state, verdict in (("good canary", 100, 100, 0, "Successful"), ("bad canary", 160, 40, 2, "Failed"),
                                                  ("canary without traffic", 5, 5, -1, "Inconclusive")):
                scenario = self.canary(name, no, yes)
                for metric, query, flagger in self.gates():
                    scenario.value(query, "60m", ({}, state))
                    scenario.value(flagger, "60m", *([({}, state)] if state >= 0 else []))
                    self.assertEqual(verdict, argo([state], metric))
                    self.assertEqual("Inconclusive", argo([], metric))
                with self.subTest(canary=name):
                    self.passes("promtool", "test", "rules", scenario.write(target))


if __name__ == "__main__":
    unittest.main()
