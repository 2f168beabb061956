"""Alert tests written as scenarios: series in, alerts out, each with its full text."""
import json
import tempfile
from pathlib import Path

import yaml

from promtool import ROOT, RULES

GRAFANA = "http://localhost:3000/d/"
RUNBOOKS = "https://example.org/model-drift/runbooks/"


def rule_groups():
    return [group for path in RULES for group in yaml.safe_load(path.read_text())["groups"]]


def alert_rules(groups=None):
    return {rule["alert"]: rule for group in groups or rule_groups() for rule in group["rules"] if "alert" in rule}


class Scenario:
    """`groups` are how the names of the recording groups begin that the scenario needs; the alerts are always loaded, all of them.

    `rules` are groups other than those that are committed.
    """

    def __init__(self, name, groups, series, every="1m", rules=None):
        self.name, self.groups, self.every, self.rules = name, tuple(groups), every, rules or rule_groups()
        self.series = {'up{job="drift-exporter",instance="a"}': "1x4000", **series}
        self.checks, self.alerts, self.queries = [], alert_rules(self.rules), []

    def fires(self, alert, at, *expected):
        """expected: (labels, dashboard, summary, description). Nothing else with this name may fire."""
        rule = self.alerts[alert]
        self.checks.append({"eval_time": at, "alertname": alert, "exp_alerts": [
            {"exp_labels": {"severity": rule["labels"]["severity"], **labels},
             "exp_annotations": {"summary": summary, "description": description, "action": rule["annotations"]["action"],
                                 "dashboard_url": GRAFANA + dashboard, "runbook_url": RUNBOOKS + alert + ".md"}}
            for labels, dashboard, summary, description in expected]})

    def silent(self, at, *alerts):
        """Without names: no alert at all fires at that time."""
        for alert in alerts or self.alerts:
            self.fires(alert, at)

    def value(self, expr, at, *samples):
        self.queries.append({"expr": expr, "eval_time": at, "exp_samples": [
            {"labels": "{" + ",".join(f'{key}="{text}"' for key, text in labels.items()) + "}", "value": value}
            for labels, value in samples]})

    def fired(self):
        return {check["alertname"] for check in self.checks if check["exp_alerts"]}

    def seen_both_ways(self):
        """Alerts that fire at one time and are silent before and after."""
        times = lambda alert, firing: [minutes(check["eval_time"]) for check in self.checks  # noqa: E731
                                       if check["alertname"] == alert and bool(check["exp_alerts"]) == firing]
        return {alert for alert in self.fired()
                if min(times(alert, False), default=10 ** 9) < min(times(alert, True))
                and max(times(alert, False), default=-1) > max(times(alert, True))}

    def write(self, directory):
        """Writes the test and a rule file with the groups it needs; returns the path of the test."""
        groups = [group for group in self.rules if "alerts" in group["name"] or group["name"].startswith(self.groups)]
        stem = self.name.replace(" ", "-")
        rules, tests = Path(directory) / f"{stem}-rules.json", Path(directory) / f"{stem}.json"
        rules.write_text(json.dumps({"groups": groups}))
        tests.write_text(json.dumps({
            "rule_files": [str(rules)], "evaluation_interval": self.every, "group_eval_order": [group["name"] for group in groups],
            "tests": [{"name": self.name, "interval": "1m", "input_series": [{"series": key, "values": text} for key, text in self.series.items()],
                       "alert_rule_test": self.checks, "promql_expr_test": self.queries}]}))
        return tests


def minutes(text):
    return int(text.removesuffix("m"))


def directory():
    target = ROOT / "target/scenarios"
    target.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(dir=target)
