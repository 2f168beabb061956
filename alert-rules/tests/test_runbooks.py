"""Every alert has a runbook whose queries run, and leads to a dashboard that exists."""
import json
import re
import shlex
import tempfile
import unittest

from promtool import ROOT, BothVersions, run
from scenario import alert_rules, rule_groups

RUNBOOKS = ROOT / "runbooks"
SECTIONS = ["What it means", "Real change or broken feed?", "First steps", "Who decides", "When to retrain", "How to silence"]
# Names of the contract that belong to Prometheus or to a process, not to the exporter's own families.
OTHERS = {"prometheus_rule_group_last_duration_seconds", "process_cpu_seconds_total", "up"}


def pages():
    return {path.stem: path.read_text() for path in RUNBOOKS.glob("*.md") if path.stem != "README"}


def queries(text):
    return [block.strip() for block in re.findall(r"```promql\n(.*?)```", text, re.DOTALL)]


class RunbooksTest(BothVersions):
    def test_everyAlert_hasAPage_andEveryPageAnAlert(self):
        self.assertEqual(set(alert_rules()), set(pages()))
        self.assertEqual(set(alert_rules()), set(re.findall(r"\]\((\w+)\.md\)", (RUNBOOKS / "README.md").read_text())))

    def test_alerts_linkTheirPage(self):
        for name, rule in alert_rules().items():
            self.assertTrue(rule["annotations"]["runbook_url"].endswith(f"/{name}.md"), name)

    def test_pages_haveAllSections(self):
        for name, text in pages().items():
            with self.subTest(page=name):
                self.assertTrue(text.startswith(f"# {name}\n\n"))
                self.assertEqual(SECTIONS, re.findall(r"^## (.*)$", text, re.MULTILINE))
                self.assertIn(alert_rules()[name]["labels"]["severity"].capitalize() + ": ", text.splitlines()[2])

    def test_links_leadSomewhere(self):
        for name, text in pages().items():
            for link in re.findall(r"\]\((\w+\.md)\)", text):
                self.assertTrue((RUNBOOKS / link).exists(), f"{name}: {link}")

    def test_queries_areValid(self):
        rules = [{"record": "x", "expr": query} for text in pages().values() for query in queries(text)]
        self.assertGreater(len(rules), 60)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({"groups": [{"name": "runbooks", "rules": rules}]}, file)
            file.flush()
            self.passes("promtool", "check", "rules", "--lint=none", file.name)

    def test_queries_readRecordedSeriesThatExist(self):
        recorded = {rule["record"] for group in rule_groups() for rule in group["rules"] if "record" in rule}
        for name, text in pages().items():
            read = set(re.findall(r"\b[a-z_]+:[a-z_0-9]+:[a-z_0-9]+\b", "\n".join(queries(text))))
            self.assertEqual(set(), read - recorded, name)

    def test_silences_areAcceptedByAmtool(self):
        """Parsed only: the port is closed, so a good command fails at connecting and a bad one before that."""
        for name, text in pages().items():
            command = re.search(r"```sh\n(amtool .*)\n```", text)[1]
            result = run(*shlex.split(command), "--alertmanager.url=http://127.0.0.1:1")
            self.assertIn("connection refused", result.stderr, name)
            self.assertIn(f"alertname={name}", command)

    def test_dashboards_exist(self):
        known = set(json.loads((ROOT / "thresholds.json").read_text())["dashboards"].values())
        built = {json.loads(path.read_text())["uid"] for path in (ROOT.parent / "dashboards/src/dashboards").glob("*.json")}
        used = {re.search(r"/d/([\w-]+)", rule["annotations"]["dashboard_url"])[1] for rule in alert_rules().values()}

        self.assertEqual(known, built)
        self.assertLessEqual(used, built)


if __name__ == "__main__":
    unittest.main()
