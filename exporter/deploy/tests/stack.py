"""docker-compose.yml on loopback, without Docker: the same commands with the same files, programs from this machine.

Only what a container would provide is put in place: paths of mounts, names of hosts, and ports that are free here.
"""
import contextlib
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
JAR = ROOT / "exporter/target/model-drift-exporter.jar"
PROGRAMS = {
    "model-drift-exporter": ["java", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(JAR)],
    "model-drift-proxy": [],
    "prom/prometheus": ["prometheus"],
    "prom/alertmanager": ["prometheus-alertmanager"],
}
PORTS = (8079, 8080, 9000, 9090, 9093, 10193, 10198)
HOSTS = ("proxy", "exporter", "prometheus", "alertmanager", "inbox")
START_SECONDS = 120


def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def instruction(dockerfile, name):
    """The value of the last CMD, ENTRYPOINT or HEALTHCHECK of a Dockerfile that is written as a list."""
    text = dockerfile.read_text().replace("\\\n", " ")
    found = re.findall(rf"^\s*{name}\b.*?(\[.*\])", text, re.MULTILINE)
    return yaml.safe_load(found[-1])


def builders(service):
    """The services that build this one's image."""
    return [each for each in compose()["services"].values() if each["image"] == service["image"] and "build" in each]


def dockerfile_of(service):
    build = builders(service)[0]["build"]
    return ROOT / build / "Dockerfile" if isinstance(build, str) else ROOT / build["dockerfile"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url):
    """The answer's text, or None if there is none or it is an error."""
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.read().decode()
    except (urllib.error.URLError, OSError):
        return None


class Stack(contextlib.ExitStack):
    def __init__(self, directory):
        super().__init__()
        self.directory, self.services, self.running = Path(directory), compose()["services"], {}
        self.ports = {port: free_port() for port in PORTS}

    def url(self, port, path=""):
        return f"http://127.0.0.1:{self.ports[port]}{path}"

    def on_loopback(self, text):
        """Names of hosts and numbers of ports as they are here; nothing listens on other addresses than loopback."""
        text = re.sub(rf"\b({'|'.join(HOSTS)})(?=:\d)", "127.0.0.1", text)
        text = re.sub(r"listen 8080", "listen 127.0.0.1:8080", text)
        text = re.sub(r'(^|["=])(?=:\d+("|$))', r"\g<1>127.0.0.1", text, flags=re.MULTILINE)
        return re.sub(rf"(?<!\d)({'|'.join(map(str, PORTS))})(?!\d)", lambda port: str(self.ports[int(port[0])]), text)

    def mounts(self, name):
        """Path in the container -> path here. Files are copied, with this machine's addresses in them."""
        result = {"/tmp/": f"{self.directory}/tmp-{name}/"}
        for each in self.services[name].get("volumes", []):
            source, target = each.split(":")[:2]
            here = self.directory / ("volumes" if not source.startswith(".") else name) / target.lstrip("/")
            if source.startswith("."):
                self.copy(ROOT / source, here)
            else:
                here = self.directory / "volumes" / source
                here.mkdir(parents=True, exist_ok=True)
            result[target] = str(here)
        return result

    def copy(self, source, target):
        for file in [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]:
            copied = target if source.is_file() else target / file.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_text(self.on_loopback(file.read_text()))

    def command(self, name):
        service = self.services[name]
        image = service["image"].rsplit(":", 1)[0]
        arguments = [str(each) for each in service.get("command") or instruction(dockerfile_of(service), "CMD")]
        mounts = self.mounts(name)
        self.nest(name, mounts)
        if image == "model-drift-proxy":
            arguments += ["-c", "/etc/nginx/nginx.conf"]
        else:
            arguments = [self.on_loopback(each) for each in arguments]
        paths = re.compile("|".join(re.escape(path) for path in sorted(mounts, key=len, reverse=True)))
        arguments = [paths.sub(lambda path: mounts[path[0]], each) for each in arguments]
        Path(mounts["/tmp/"]).mkdir(exist_ok=True)
        return PROGRAMS[image] + arguments

    def nest(self, name, mounts):
        """A volume below a mounted file's folder, as in the exporter's container."""
        for path, here in mounts.items():
            inside = self.directory / name / path.lstrip("/")
            if str(inside) != here and inside.parent.exists() and not inside.exists() and path != "/tmp/":
                inside.symlink_to(here)

    def start(self, name):
        log = self.directory / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(self.command(name), stdout=output, stderr=subprocess.STDOUT, cwd=self.directory)
        self.running[name] = process
        self.callback(self.stop, process)
        if self.services[name].get("restart") == "no":
            if process.wait(START_SECONDS):
                raise AssertionError(f"{name} ended with {process.returncode}:\n{self.log(name)}")
        else:
            self.wait(f"{name} is healthy", lambda: self.healthy(name), START_SECONDS)

    @staticmethod
    def stop(process):
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def log(self, name):
        return (self.directory / f"{name}.log").read_text(errors="replace")[-4000:]

    def healthy(self, name):
        """Asks what the service's health check asks."""
        check = self.services[name].get("healthcheck") or {"test": instruction(dockerfile_of(self.services[name]), "HEALTHCHECK")}
        if check.get("disable"):
            return True
        target = self.on_loopback(check["test"][-1])
        if target.startswith("</dev/tcp/"):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(target.rsplit("/", 1)[1])), 5):
                return True
            return False
        return get(target) is not None

    def wait(self, what, condition, seconds):
        """Waits for something of another process; fails early if a process has ended."""
        end = time.monotonic() + seconds
        while True:
            result = condition()
            if result:
                return result
            for name, process in self.running.items():
                if process.poll() not in (None, 0):
                    raise AssertionError(f"{name} ended with {process.returncode} while waiting until {what}:\n{self.log(name)}")
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {what}\n" + "\n".join(f"--- {each}\n{self.log(each)}" for each in self.running))
            time.sleep(0.2)

    def start_all(self, leave_out):
        """In the order of depends_on."""
        waiting = [name for name in self.services if name not in leave_out]
        while waiting:
            ready = [name for name in waiting if not set(self.services[name].get("depends_on", ())) & set(waiting)]
            if not ready:
                raise AssertionError(f"depends_on goes round in circles: {waiting}")
            for name in ready:
                self.start(name)
                waiting.remove(name)


def programs_missing():
    return [each[0] for each in (*PROGRAMS.values(), ["nginx"]) if each and not shutil.which(each[0], path="/usr/sbin:/usr/bin:/usr/local/bin")]
