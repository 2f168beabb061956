"""The exporter as a process: start, stop, kill, look at."""
import http.client
import os
import signal
import subprocess
import time
from pathlib import Path

from books import Scrape



class Exporter:
    """A generation of the process after the other, on one port and one storage directory."""

    def __init__(self, jar, directory, heap):
        self.jar, self.directory, self.heap = jar, Path(directory), heap
        self.port, self.process, self.started, self.offset, self.delay = 0, None, 0, directory / "clock", directory / "delay"
        self.offset.write_text("+0")
        self.disk = slow_disk(directory)
        self.slow_down(0)

    def start(self):
        command = ["java", f"-Xmx{self.heap}", f"-Xms{self.heap}", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-jar", str(self.jar),
                   "serve", "--config", "exporter.yaml", "--listen", f"127.0.0.1:{self.port}"]
        with (self.directory / "log").open("ab") as log:
            self.started = time.monotonic()
            self.process = subprocess.Popen(command, cwd=self.directory, stdout=log, stderr=log, env={**os.environ, **self.clock()})
        self.await_ready()

    def clock(self):
        """The libraries that let the wall clock of the process jump and its disk be slow; elapsed time goes on as it should."""
        return {"LD_PRELOAD": f"{clock_library()} {self.disk}", "SLOW_DISK": str(self.delay), "FAKETIME_TIMESTAMP_FILE": str(self.offset), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
                "FAKETIME_FORCE_MONOTONIC_FIX": "0"}  # else every wait of Java ends at once, and its threads spin

    def jump(self, seconds):
        self.offset.write_text(f"{seconds:+d}")

    def slow_down(self, milliseconds):
        """Every write to a file and every fsync takes this much longer from now on."""
        self.delay.write_text(str(int(milliseconds)))

    def await_ready(self, seconds=180):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"the exporter ended with {self.process.returncode}; its log:\n{self.tail()}")
            try:
                if self.request("GET", "/-/ready")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit(f"the exporter was not ready in {seconds} s; its log:\n{self.tail()}")

    def tail(self):
        return "\n".join((self.directory / "log").read_text(errors="replace").splitlines()[-20:])

    def request(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def scrape(self, path="/metrics"):
        status, page = self.request("GET", path)
        if status != 200:
            raise SystemExit(f"{path} answered {status}")
        return Scrape(page)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds=60):
        self.process.terminate()
        return self.process.wait(timeout=seconds)

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def resident_megabytes(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


def slow_disk(directory):
    """Compiles the library that slows down a disk."""
    library = Path(directory) / "slowdisk.so"
    try:
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, Path(__file__).resolve().parent / "slowdisk.c"], check=True)
    except FileNotFoundError:
        raise SystemExit("a C compiler is missing, which makes the slow disk: apt-get install gcc libc6-dev") from None
    return library


def clock_library():
    found = [path for path in Path("/usr/lib").glob("*/faketime/libfaketime.so.1")]
    if not found:
        raise SystemExit("libfaketime is missing, which makes the clock jump: apt-get install faketime")
    return str(found[0])
