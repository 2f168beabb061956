"""Real servers on loopback with free ports, and stand-ins for Slack, PagerDuty and the retraining pipeline."""
import contextlib
import json
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from promtool import ROOT


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def http(url, body=None, headers=None, timeout=10):
    """(status, text); a body makes it a POST."""
    request = urllib.request.Request(url, data=body, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode()


def eventually(what, condition, seconds=60):
    """Waits for a condition of another process; fails with what was awaited."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.1)


class StandIn:
    """Answers 200 to every POST and remembers the JSON bodies by path."""

    def __init__(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with outer.lock:
                    outer.received.append((self.path, body, dict(self.headers)))
                answer = b'{"status":"success","message":"","dedup_key":"x"}' if "enqueue" in self.path else b"ok"
                self.send_response(202 if "enqueue" in self.path else 200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments):
                """Silent."""

        self.received, self.lock = [], threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def bodies(self, path):
        with self.lock:
            return [body for at, body, _ in self.received if at == path]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@contextlib.contextmanager
def process(command, log, ready, seconds=60):
    """Starts a server, waits until `ready` answers 200, ends it afterwards."""
    with open(log, "w") as output:
        child = subprocess.Popen([str(part) for part in command], stdout=output, stderr=subprocess.STDOUT)
    try:
        def answers():
            if child.poll() is not None:
                raise AssertionError(f"{command[0]} ended with {child.returncode}:\n" + Path(log).read_text()[-3000:])
            with contextlib.suppress(OSError):
                return http(ready)[0] == 200
            return False

        eventually(f"{command[0]} is ready", answers, seconds)
        yield child
    finally:
        child.terminate()
        child.wait(timeout=30)


@contextlib.contextmanager
def alertmanager(directory, binary, config):
    """A running Alertmanager; yields its URL. `config` is the text of alertmanager.yml."""
    path, url = Path(directory) / "alertmanager.yml", f"http://127.0.0.1:{free_port()}"
    path.write_text(config)
    command = [binary, f"--config.file={path}", f"--storage.path={directory}/alertmanager", f"--web.listen-address={url[7:]}",
               "--cluster.listen-address=", f"--web.external-url={url}"]
    with process(command, f"{directory}/alertmanager.log", f"{url}/-/ready"):
        yield url


def routing(directory, stand_in, **waits):
    """The shipped alertmanager.yml with the receivers' addresses and the waiting times of a test."""
    secrets = Path(directory) / "secrets"
    secrets.mkdir()
    (secrets / "slack-api-url").write_text(f"{stand_in.url}/slack\n")
    (secrets / "pagerduty-routing-key").write_text("0123456789abcdef0123456789abcdef\n")
    (secrets / "retraining-webhook-token").write_text("swordfish\n")
    text = (ROOT / "alertmanager/alertmanager.yml").read_text()
    for old, new in (("/etc/alertmanager/secrets", str(secrets)), ("templates/*.tmpl", f"{ROOT}/alertmanager/templates/*.tmpl"),
                     ("http://retraining-webhook:8080", stand_in.url),
                     ("  resolve_timeout: 5m", f"  resolve_timeout: 5m\n  pagerduty_url: {stand_in.url}/v2/enqueue"),
                     *((f"{key}: {old}", f"{key}: {new}") for key, (old, new) in waits.items())):
        if old not in text:
            raise AssertionError(f"alertmanager.yml has no {old!r}")
        text = text.replace(old, new)
    return text
