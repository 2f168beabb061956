#!/usr/bin/env python3
"""Writes rules/ and alertmanager.yml again: what alert-rules ships, in fast motion and with the inbox as receiver.

Months pass in minutes in the demo, so 5m, 1h and 1d become 20s, 1m and 5m, and a minute becomes five seconds.
"""
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ALERT_RULES = HERE.parents[2] / "alert-rules"
sys.path.insert(0, str(ALERT_RULES))
sys.dont_write_bytecode = True

from generate.context import Context  # noqa: E402
from generate.files import files  # noqa: E402

WINDOWS, SCALE = ("20s", "1m", "5m"), 5 / 60
INBOX = "http://inbox:10198"
HEADER = "# Generated from alert-rules/alertmanager by exporter/deploy/compose/fast_motion.py; edit neither here.\n"
# What differs from the routing that is shipped: addresses, secrets, and how long Alertmanager waits.
REPLACED = (
    ("slack_api_url_file: /etc/alertmanager/secrets/slack-api-url", f"slack_api_url: {INBOX}/slack\n  pagerduty_url: {INBOX}/v2/enqueue"),
    ("routing_key_file: /etc/alertmanager/secrets/pagerduty-routing-key", "routing_key: 00000000000000000000000000000000"),
    ("http://retraining-webhook:8080/retrain", f"{INBOX}/retrain"),
    ("        http_config:\n          authorization:\n            credentials_file: /etc/alertmanager/secrets/retraining-webhook-token\n", ""),
    ("group_wait: 30s", "group_wait: 2s"),
    ("group_interval: 5m", "group_interval: 5s"),
)


def routing():
    text = (ALERT_RULES / "alertmanager/alertmanager.yml").read_text()
    for old, new in REPLACED:
        if old not in text:
            raise SystemExit(f"alertmanager.yml has no {old!r} any more")
        text = text.replace(old, new)
    return HEADER + re.sub(r"\A(#.*\n)+", "", text)


def generated():
    """Path below this folder -> text."""
    rules = {path: text for path, text in files(Context(windows=WINDOWS, scale=SCALE)).items() if path.startswith("rules/")}
    return {**rules, "alertmanager.yml": routing()}


if __name__ == "__main__":
    for path, text in generated().items():
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_text(text)
