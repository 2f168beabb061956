"""What the benchmarks of this directory share: servers as processes, wrk, payloads, /proc."""
import contextlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
JAR = HERE.parents[1] / "target" / "model-drift-exporter.jar"
JAVA = os.environ.get("JAVA", "java")
# As docs/operations.md recommends for a small sidecar.
SMALL = ["-Xmx48m", "-XX:SurvivorRatio=3", "-XX:+UseSerialGC", "-XX:TrimNativeHeapInterval=5000"]
os.environ["MALLOC_ARENA_MAX"] = "1"
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A server process on a free port of the loopback address."""

    def __init__(self, command, env=None):
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
        self.url = self._address()
        self._await_ready()
        self.ready_seconds = time.perf_counter() - self.started

    def _address(self):
        for line in self.process.stdout:
            found = re.search(r"Listening on (http://\S+)", line)
            if found:
                return found.group(1)
            sys.stderr.write(line)
        raise RuntimeError("the server ended before it listened")

    def _await_ready(self):
        for _ in range(1000):
            try:
                with urllib.request.urlopen(self.url + "/-/ready", timeout=5):
                    return
            except OSError:
                time.sleep(0.005)
        raise RuntimeError("the server never became ready")

    def get(self, path, headers=None):
        request = urllib.request.Request(self.url + path, headers=headers or {})
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.read()

    def post(self, path, body, content_type="application/json"):
        request = urllib.request.Request(
            self.url + path, data=body, headers={"Content-Type": content_type})
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status

    def metrics(self):
        """Sums of all series by metric name, and each series by its full name."""
        values = {}
        for line in self.get("/metrics").decode().splitlines():
            if line and not line.startswith("#"):
                series, value = line.rsplit(" ", 1)
                values[series] = float(value)
                name = series.split("{")[0]
                if name != series:
                    values[name] = values.get(name, 0) + float(value)
        return values

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mb(self, field="VmHWM"):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(field + r":\s+(\d+) kB", status).group(1)) / 1024

    def alive(self):
        return self.process.poll() is None

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def exporter(*arguments, options=SMALL, java=JAVA, env=None, prefix=()):
    if not JAR.exists():
        sys.exit(f"{JAR} is missing: make build")
    return Server([*prefix, java, *options, "-jar", str(JAR), "serve", "--listen", "127.0.0.1:0",
                   *arguments], env)


def bare_handler():
    return Server([JAVA, *SMALL, "-cp", str(JAR), str(HERE / "BareHandler.java")])


def wrk(server, path, body, seconds, connections=16, threads=1, content_type="application/json"):
    """Posts one body again and again; returns requests per second and the 99th percentile in ms."""
    with tempfile.TemporaryDirectory() as directory:
        payload = pathlib.Path(directory, "body")
        payload.write_bytes(body)
        script = pathlib.Path(directory, "post.lua")
        script.write_text(
            f'wrk.method = "POST"\n'
            f'wrk.headers["Content-Type"] = "{content_type}"\n'
            f'wrk.body = io.open("{payload}", "rb"):read("*a")\n')
        out = subprocess.run(
            ["wrk", "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s", "--latency",
             "-s", str(script), server.url + path],
            capture_output=True, text=True, check=True).stdout
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    factor = {"us": 1e-3, "ms": 1, "s": 1e3}
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", out)
    if errors:
        print("  wrk:", errors.group(0))
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            float(p99.group(1)) * factor[p99.group(2)])


MOST_CONNECTIONS = 64
COMPRESSED = "-H", "content-encoding: gzip"


def h2load(url, body, *options):
    """The command that posts one body again and again; nghttp2-client has the program."""
    return ["h2load", "--h1", "-t", "1", "-d", str(body), "-H", "content-type: application/json", *options, url]


def paced(rate, seconds):
    """Options for so many requests a second."""
    connections = max(1, min(MOST_CONNECTIONS, int(rate)))
    return "-c", str(connections), f"--rps={rate / connections:.2f}", "-D", str(int(seconds))


def send(command):
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def instances(rows, columns, seed=1, model="bench"):
    """A V1 body: a quarter each of integers, two decimals, six decimals, all digits."""
    rng = random.Random(seed)
    digits = [0, 2, 6, None]

    def value(column):
        x = rng.gauss(0, 1) * (1000, 100, 1, 1)[column % 4]
        places = digits[column % 4]
        return x if places is None else round(x) if places == 0 else round(x, places)

    return json.dumps(
        {"instances": [[value(c) for c in range(columns)] for _ in range(rows)]},
        separators=(",", ":")).encode()


def path(model="bench"):
    return f"/v1/models/{model}:predict"


def teach(server, columns, model="bench", rows=5000):
    """Sends rows until the model has learned its baseline."""
    per_payload = max(1, min(500, 60_000 // columns))
    sent = 0
    while sent < rows and sent * columns < 500_000 + per_payload * columns:
        server.post(path(model), instances(per_payload, columns, seed=sent), "application/json")
        sent += per_payload
    settle(server)


def settle(server, seconds=60):
    """Waits until nothing waits in the queue."""
    for _ in range(int(seconds / 0.1)):
        if server.metrics()["model_drift_exporter_payloads_waiting"] == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("the queue never emptied")


@contextlib.contextmanager
def limited(megabytes, milli_cpu):
    """A command prefix that gives a process what a container gets with this memory limit and this request for CPU; empty where
    we may not make control groups."""
    shares = max(2, milli_cpu * 1024 // 1000)
    root = pathlib.Path("/sys/fs/cgroup")
    if (root / "cgroup.controllers").exists():
        wanted = {root: {"memory.max": megabytes << 20, "cpu.weight": 1 + (shares - 2) * 9999 // 262142}}
    else:
        wanted = {root / "memory": {"memory.limit_in_bytes": megabytes << 20}, root / "cpu": {"cpu.shares": shares}}
    groups = []
    try:
        for parent, settings in wanted.items():
            group = parent / f"drift-bench-{os.getpid()}"
            group.mkdir()
            groups.append(group)
            for name, value in settings.items():
                (group / name).write_text(str(value))
    except OSError as e:
        print(f"no control group: {e}")
        yield []
    else:
        join = "".join(f"echo $$ > {group}/cgroup.procs && " for group in groups)
        yield ["sh", "-c", join + 'exec "$@"', "sh"]
    finally:
        for group in groups:
            group.rmdir()


def percentiles(times):
    times = sorted(times)
    return f"p50 {times[len(times) // 2]:.1f} p99 {times[int(0.99 * len(times))]:.1f} ms"


def machine():
    model = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text())
    java = subprocess.run([JAVA, "-version"], capture_output=True, text=True).stderr.splitlines()
    return (f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} × "
            f"{model.group(1) if model else 'unknown CPU'}, load average {os.getloadavg()[0]:.1f}, "
            f"{java[1] if len(java) > 1 else java}")
