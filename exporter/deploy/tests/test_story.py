"""The story of docker-compose.yml, told by the same processes from the same files on loopback: traffic, drift, alert delivered."""
import json
import tempfile
import time
import unittest
import urllib.parse

from stack import JAR, Stack, get, programs_missing

AIRLINE = 'model="flight-delay", version="1", feature="airline"'
TITLE = "flight-delay 1: input airline changed sharply"


class StoryTest(unittest.TestCase):
    def setUp(self):
        self.assertEqual([], programs_missing(), "install what .ci/packages.txt lists")
        self.assertTrue(JAR.exists(), "run `make build` first")
        self.stack = self.enterContext(Stack(self.enterContext(tempfile.TemporaryDirectory(prefix="story-"))))

    def messages(self):
        return json.loads(get(self.stack.url(10198, "/messages")) or "[]")

    def told(self, channel):
        return [each for each in self.messages() if each["channel"] == channel and TITLE in each["title"] and each["kind"] == "CRITICAL"]

    def query(self, expression):
        answer = json.loads(get(self.stack.url(9090, "/api/v1/query?query=" + urllib.parse.quote(expression))))
        return {json.dumps(each["metric"], sort_keys=True): float(each["value"][1]) for each in answer["data"]["result"]}

    def test_drift_reachesTheInbox(self):
        began = time.monotonic()
        self.stack.start_all(leave_out=["grafana"])
        started = time.monotonic()
        print(f"the stack is up after {started - began:.0f} s", flush=True)
        self.stack.wait("the client has replayed May", lambda: "\nMay" in self.stack.log("client"), 120)
        self.assertEqual([], self.told("#model-alerts"), "nothing has drifted in May")
        self.stack.wait("Slack hears of the airline", lambda: self.airline(), 240)
        print(f"the alert is delivered {time.monotonic() - started:.0f} s after the first flight", flush=True)
        self.stack.wait("PagerDuty hears of it, too", self.incident, 60)
        self.assert_messageHelps(self.airline()[0])
        self.assert_everybodyAgrees()

    def incident(self):
        """One per model, named after whichever critical alert came first."""
        return [each for each in self.messages() if each["channel"] == "PagerDuty" and each["kind"] == "CRITICAL" and "flight-delay" in each["title"]]

    def airline(self):
        """Ground truth that says something else meanwhile is news, too, but not the story."""
        return [each for each in self.told("#model-alerts") if "airline" in each["text"]]

    def assert_messageHelps(self, message):
        self.assertRegex(message["text"], r"PSI 0\.\d\d over 1m \(limit 0\.\d\d, \d+ rows\), and 20s agrees\. Moved most: ")
        self.assertIn("US 6", message["text"])
        self.assertIn("/d/model-drift-feature?var-model=flight-delay", message["text"])
        page = get(self.stack.url(10198, "/"))
        self.assertIn(TITLE, page)

    def assert_everybodyAgrees(self):
        """The exporter's own verdict, the rules, and nothing that is broken or lost on the way."""
        self.assertIn('"drifted"', get(self.stack.url(10193, "/api/v1/status")))
        self.assertEqual([2.0], list(self.query(f'feature:model_feature_drift_state:fleet{{{AIRLINE}, window="1m"}}').values()))
        rules = json.loads(get(self.stack.url(9090, "/api/v1/rules")))["data"]["groups"]
        self.assertEqual([], [rule["lastError"] for group in rules for rule in group["rules"] if rule.get("lastError")])
        outcomes = self.query("sum by (outcome) (model_drift_exporter_payloads_total)")
        self.assertEqual(['{"outcome": "observed"}'], [outcome for outcome, payloads in outcomes.items() if payloads])
        self.assertTrue(self.query('model_feature_values_total{model="flight-delay", role="output"}'), "answers arrive beside requests")


if __name__ == "__main__":
    unittest.main()
