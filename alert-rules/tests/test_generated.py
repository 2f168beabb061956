"""What is committed is what the generator writes, and both versions of Prometheus accept it."""
import json
import re
import sys
import unittest

from promtool import ROOT, RULES, BothVersions
from scenario import rule_groups

sys.path.insert(0, str(ROOT))
from generate.context import MEASURES, Context  # noqa: E402
from generate.files import files  # noqa: E402


# Metrics that the rules read and the exporter does not have yet; the rules are silent without them.
AWAITED: set[str] = set()


class GeneratedTest(BothVersions):
    maxDiff = None

    def test_committedFiles_areWhatTheGeneratorWrites(self):
        for path, text in files(Context()).items():
            with self.subTest(path=path):
                self.assertEqual(text, (ROOT / path).read_text(), "run `make generate` in alert-rules and commit the result")

    def test_rules_passTheStrictestCheck(self):
        self.passes("promtool", "check", "rules", "--lint=all", "--lint-fatal", *RULES)

    def test_otherSettings_giveValidRules(self):
        variants = {"two windows": dict(windows=("10m", "2h")), "many windows": dict(windows=("5m", "30m", "6h", "1d", "7d")),
                    "all measures": dict(measures=MEASURES), "psi only": dict(measures=("psi",), categorical_measures=()), "many bins": dict(max_bins=100),
                    "no correction": dict(correction="none"), "more labels": dict(extra_labels=("cluster", "namespace")),
                    "fast motion": dict(scale=0.05, windows=("15s", "3m", "1h"))}
        target = ROOT / "target/variants"
        target.mkdir(parents=True, exist_ok=True)
        for name, settings in variants.items():
            written = [target / f"{name}-{path.replace('/', '-')}".replace(" ", "-") for path in files(Context(**settings)) if path.startswith("rules/")]
            for path, text in zip(written, [text for key, text in files(Context(**settings)).items() if key.startswith("rules/")]):
                path.write_text(text)
            with self.subTest(variant=name):
                self.passes("promtool", "check", "rules", *written)

    def test_badSettings_areRefused(self):
        for settings, problem in ((dict(windows=("5m",)), "two windows"), (dict(measures=("psi", "magic")), "unknown measures: magic"),
                                  (dict(categorical_measures=("magic",)), "unknown measures: magic")):
            with self.subTest(problem=problem), self.assertRaisesRegex(ValueError, problem):
                Context(**settings)

    def test_documentedSeries_areRecorded(self):
        recorded = {rule["record"] for group in rule_groups() for rule in group["rules"] if "record" in rule}
        documented = {entry["name"] for entry in json.loads((ROOT / "recorded-series.json").read_text())}

        self.assertEqual(set(), documented - recorded)

    def test_recordedSeries_areRecordedBeforeTheyAreRead(self):
        """A typo in a name would be an alert that never fires."""
        recorded = {rule["record"] for group in rule_groups() for rule in group["rules"] if "record" in rule}
        read = {name for group in rule_groups() for rule in group["rules"]
                for name in re.findall(r"\b[a-z_]+:[a-z_0-9]+:[a-z_0-9]+\b", rule["expr"] + json.dumps(rule.get("annotations", {})))}

        self.assertEqual(set(), read - recorded)

    def test_rules_readMetricsThatTheExporterHas(self):
        """By the exporter's own page, which its tests compare with a real scrape."""
        documented = (ROOT.parent / "docs/metrics.md").read_text()
        text = "\n".join(rule["expr"] for group in rule_groups() for rule in group["rules"])
        read = {re.sub("_(total|bucket)$", "", name) for name in re.findall(r"(?<![:\w])model_[a-z_0-9]+(?![:\w])", text)}

        self.assertEqual(set(), {name for name in read if name not in documented} - AWAITED)

    def test_thresholds_areInTheRules(self):
        """Both files are text; a number that is changed in one place only is found here."""
        limits = json.loads((ROOT / "thresholds.json").read_text())
        text = "".join(path.read_text() for path in RULES)
        for value in (f'>= {limits["drift"]["driftedFeaturesRatio"]["drifted"]}', f'> {limits["quality"]["alert"]}',
                      f'window="{limits["windows"][-1]}"', f'baseline_rows:sum + {limits["drift"]["tolerance"]["warning"]}'):
            with self.subTest(value=value):
                self.assertIn(value, text)


if __name__ == "__main__":
    unittest.main()
