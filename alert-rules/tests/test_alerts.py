"""Each alert stays silent, fires with its full text, and resolves; in both versions of Prometheus."""
import inspect
import unittest

import alert_scenarios
import truth_scenarios
from promtool import BothVersions
from scenario import alert_rules, directory


def scenarios():
    for module in (alert_scenarios, truth_scenarios):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not inspect.signature(function).parameters and name != "steady":
                yield function()


class AlertsTest(BothVersions):
    def test_every_alert_firesAndStaysSilentAndResolves(self):
        covered = set().union(*(scenario.seen_both_ways() for scenario in scenarios()))

        self.assertEqual(set(alert_rules()), covered)

    def test_scenarios_holdInBothVersions(self):
        with directory() as target:
            for scenario in scenarios():
                with self.subTest(scenario=scenario.name):
                    self.passes("promtool", "test", "rules", scenario.write(target))


if __name__ == "__main__":
    unittest.main()
