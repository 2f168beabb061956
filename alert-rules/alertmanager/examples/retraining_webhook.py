#!/usr/bin/env python3
"""Starts a retraining pipeline when Alertmanager posts a ModelRetrainingRecommended alert.

    retraining_webhook.py --token-file /run/secrets/token --command 'argo submit --from workflowtemplate/retrain …'

The command runs in a shell with MODEL, VERSION and REASON in its environment, at most once per model version and
--cool-down seconds: Alertmanager repeats itself, and a model that is being retrained still looks as if it needed it.
Answers 200 when the alert was taken or needs nothing, 401 without the token, 400 to anything that is no alert,
500 when the command fails, so that Alertmanager tries again. Standard library only; an example to copy, not a product.
"""
import argparse
import hmac
import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock

LARGEST_BODY = 1 << 20


class Retraining:
    """Remembers what was started when, so that a repeated alert starts nothing."""

    def __init__(self, command, cool_down, clock=time.monotonic):
        self.command, self.cool_down, self.clock = command, cool_down, clock
        self.started, self.lock = {}, Lock()

    def handle(self, payload):
        """Starts what has to be started; raises subprocess.CalledProcessError if a command fails."""
        for alert in payload["alerts"]:
            labels = alert["labels"]
            if alert["status"] == "firing" and labels.get("alertname") == "ModelRetrainingRecommended":
                self.start(labels["model"], labels["version"], labels.get("reason", "unknown"))

    def start(self, model, version, reason):
        with self.lock:
            last = self.started.get((model, version))
            if last is not None and self.clock() - last < self.cool_down:
                return
            environment = {**os.environ, "MODEL": model, "VERSION": version, "REASON": reason}
            subprocess.run(self.command, shell=True, check=True, env=environment)
            self.started[model, version] = self.clock()
        print(f"started retraining of {model} {version}: {reason}", flush=True)


def handler(retraining, token):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers.get("Content-Length") or 0)
            given = self.headers.get("Authorization", "")
            if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
                return self.answer(401)
            if length > LARGEST_BODY:
                return self.answer(413)
            try:
                retraining.handle(json.loads(self.rfile.read(length)))
            except (ValueError, KeyError, TypeError) as problem:
                return self.answer(400, f"not an Alertmanager notification: {problem!r}")
            except subprocess.CalledProcessError as problem:
                return self.answer(500, f"the command ended with exit code {problem.returncode}")
            return self.answer(200)

        def answer(self, status, message=""):
            if message:
                print(message, file=sys.stderr, flush=True)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments):
            """Silent; what was started is printed."""

    return Handler


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listen", default="127.0.0.1:8080")
    parser.add_argument("--token-file", type=Path, required=True)
    parser.add_argument("--command", required=True)
    parser.add_argument("--cool-down", type=float, default=6 * 3600)
    options = parser.parse_args()
    host, port = options.listen.rsplit(":", 1)
    token = options.token_file.read_text().strip()
    server = ThreadingHTTPServer((host, int(port)), handler(Retraining(options.command, options.cool_down), token))
    print(f"listening on {host}:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
