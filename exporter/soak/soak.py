#!/usr/bin/env python3
"""Sends random traffic to a real exporter while it is killed, restarted, stopped, reloaded, and its disk and clock misbehave.

    soak/soak.py --minutes 10            as long as you like; the seed is printed, --seed repeats its traffic

An account of everything that was sent is kept beside, without any code of the exporter: which payload ends how, how many rows,
which value falls into which bin, what becomes of every outcome and of the prediction that it is for. After every fault the traffic pauses and the books are compared: everything that was
answered has to be there exactly. A kill -9 may cost the windows one snapshot interval; counters then start at zero, which
Prometheus understands. The last third of the time nothing is killed, so that memory and open files can be seen to stay flat; the
clock jumps then.

Needs the exporter's jar, Debian's libfaketime and a C compiler. Exits with 1 if the books do not balance.
"""
import argparse
import http.client
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from books import Bins, Tally, differences, inconsistencies  # noqa: E402
from outcomes import Books, Desk  # noqa: E402
from payloads import broken, valid  # noqa: E402
from process import Exporter  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
WARM_UP_SECONDS = 90
SNAPSHOT_SECONDS = 2
MOST_ROWS = 32
CONFIGURATION = f"""
decode: {{default_model: soak}}
ingest: {{read_timeout: 1m}}
windows: [10s, 1m, 1h]
evaluation: {{interval: 5s}}
storage: {{path: state, interval: {SNAPSHOT_SECONDS}s}}
ground_truth: {{path: truth, hold: 1s}}
models:
  - name: soak
    baseline: baseline.json
    output: {{kind: binary, score: score}}
    features: [amount, age, ratio, channel]
"""


class Sender(threading.Thread):
    """Sends one payload after the other while the gate is open, and notes what was answered."""

    def __init__(self, number, exporter, gate, bins, seed):
        super().__init__(daemon=True)
        self.random, self.number, self.exporter, self.gate, self.bins = random.Random(f"{seed}-{number}"), number, exporter, gate, bins
        self.tally, self.serial, self.unanswered, self.connection = Tally(), 0, 0, None
        self.desk = Desk(number)

    def run(self):
        while self.gate.enter():
            try:
                self.send()
            finally:
                self.gate.leave()

    def send(self):
        self.serial += 1
        serial = f"{self.number}-{self.serial}"
        kind = self.random.choices((valid, broken, self.desk.predictions, self.desk.outcomes), (60, 15, 10, 15))[0]
        payload = kind(self.random, serial)
        try:
            status, answer = self.exchange(payload)
        except (OSError, http.client.HTTPException):
            self.hang_up()
            self.unanswered += 1
            return
        if status != payload.status:
            raise SystemExit(f"{payload.path} answered {status}: {answer[:200]}")
        self.tally.add(payload, self.bins)
        if payload.then:
            payload.then()

    def hang_up(self):
        if self.connection:
            self.connection.close()
            self.connection = None

    def exchange(self, payload):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.exporter.port, timeout=60)
            self.connection.connect()
            self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.request(payload.method, payload.path, payload.body or None, payload.headers)
        response = self.connection.getresponse()
        answer = response.read().decode()
        if response.getheader("Connection", "").lower() == "close":
            self.hang_up()
        return response.status, answer


class Gate:
    """Senders pass it for every payload; closing it waits until none is underway."""

    def __init__(self):
        self.condition, self.open, self.over, self.underway = threading.Condition(), False, False, 0

    def enter(self):
        with self.condition:
            self.condition.wait_for(lambda: self.open or self.over)
            self.underway += not self.over
            return not self.over

    def leave(self):
        with self.condition:
            self.underway -= 1
            self.condition.notify_all()

    def set(self, is_open, over=False):
        with self.condition:
            self.open, self.over = is_open, over
            self.condition.notify_all()
            if not is_open:
                self.condition.wait_for(lambda: self.underway == 0, timeout=120)


class Watcher(threading.Thread):
    """Scrapes all the time, and notes memory, open files and how much was answered by when."""

    def __init__(self, soak):
        super().__init__(daemon=True)
        self.soak, self.scrapes, self.samples, self.counted = soak, 0, [], deque(maxlen=4096)

    def run(self):
        while True:
            self.counted.append((time.monotonic(), sum(sender.tally.rows for sender in self.soak.senders)))
            try:
                self.soak.exporter.request("GET", "/metrics")
                self.scrapes += 1
                self.samples.append((time.monotonic(), self.soak.exporter.resident_megabytes(), self.soak.exporter.open_files()))
            except (OSError, http.client.HTTPException, IndexError):
                pass  # between two generations of the process
            time.sleep(0.1)

    def rows_before(self, moment):
        earlier = [rows for at, rows in list(self.counted) if at <= moment]
        return earlier[-1] if earlier else 0


class Soak:
    def __init__(self, options, directory):
        self.options, self.directory = options, directory
        self.random, self.faults, self.problems = random.Random(options.seed), Counter(), []
        self.payloads, self.rows, self.outcomes, self.in_window, self.lost, self.largest_loss = 0, 0, 0, 0, 0, 0
        self.exporter = Exporter(options.jar, directory, options.heap)
        self.gate, self.senders, self.watcher = Gate(), [], None

    def run(self):
        self.prepare()
        started = time.monotonic()
        end, calm = started + 60 * self.options.minutes, started + 40 * self.options.minutes
        while time.monotonic() < end:
            self.let_run(self.random.uniform(1, 4))
            self.fault(calm=time.monotonic() > calm)
            if self.problems:
                break
        self.gate.set(False, over=True)
        self.report(calm, started)
        self.exporter.stop()
        return not self.problems

    def prepare(self):
        (self.directory / "exporter.yaml").write_text(CONFIGURATION)
        rows, draw = ["amount,age,ratio,channel"], random.Random(1)
        rows += [f"{draw.gauss(100, 30):.2f},{draw.randint(18, 90)},{draw.random():.4f},{draw.choice(('web', 'web', 'branch', 'phone'))}"
                 for _ in range(5000)]
        (self.directory / "rows.csv").write_text("\n".join(rows))
        subprocess.run(["java", "-jar", str(self.options.jar), "baseline", "build", "rows.csv", "--model", "soak", "-o", "baseline.json"],
                       cwd=self.directory, check=True, stdout=subprocess.DEVNULL)
        self.exporter.port = free_port()
        self.exporter.start()
        self.before = self.exporter.scrape()
        bins = Bins(self.exporter.scrape("/metrics/baseline"))
        self.senders = [Sender(number, self.exporter, self.gate, bins, self.options.seed) for number in range(self.options.senders)]
        for sender in self.senders:
            sender.start()
        self.watcher = Watcher(self)
        self.watcher.start()

    def let_run(self, seconds):
        self.gate.set(True)
        time.sleep(seconds)

    def fault(self, calm):
        faults = [self.reload, self.refuse_a_reload, self.hang, self.break_the_disk, self.slow_the_disk, self.rest]
        fault = self.random.choice([*faults, self.jump, self.jump] if calm else [*faults, self.kill, self.kill, self.restart])
        self.faults[fault.__name__] += 1
        fault()

    def rest(self):
        self.compare("at rest")

    def reload(self):
        self.expect_reload(200)
        self.compare("after a reload")

    def refuse_a_reload(self):
        file = self.directory / "exporter.yaml"
        file.write_text(CONFIGURATION + "surprise: true\n")
        status, _ = self.exporter.request("POST", "/-/reload")
        if status < 400:
            self.problems.append(f"a broken configuration was loaded: {status}")
        file.write_text(CONFIGURATION)
        self.compare("after a refused reload")

    def expect_reload(self, expected):
        status, answer = self.exporter.request("POST", "/-/reload")
        if status != expected:
            self.problems.append(f"reload answered {status}: {answer}")

    def jump(self):
        self.exporter.jump(self.random.choice((-7200, -90, 0, 45, 3600)))
        self.let_run(1)
        self.compare("after the clock jumped")

    def hang(self):
        self.exporter.pause()
        time.sleep(self.random.uniform(0.2, 2))
        self.exporter.resume()
        self.compare("after the process stood still")

    def break_the_disk(self):
        """A file where the directory should be: nothing can be written below it."""
        state, away = self.directory / "state", self.directory / "state-away"
        state.rename(away)
        state.write_text("")
        self.let_run(SNAPSHOT_SECONDS + 1)
        self.compare("without a disk")
        state.unlink()
        away.rename(state)
        self.let_run(SNAPSHOT_SECONDS + 1)

    def slow_the_disk(self):
        """Snapshots and predictions take their time to be written; nothing that is observed waits for them."""
        before, delay = self.seconds_of_snapshots(), self.random.choice((0.2, 1))
        self.exporter.slow_down(1000 * delay)
        self.let_run(SNAPSHOT_SECONDS + 2)
        self.compare("while the disk was slow")
        self.exporter.slow_down(0)
        self.let_run(SNAPSHOT_SECONDS + 1)
        if self.seconds_of_snapshots() < before + delay:
            self.problems.append("the disk was not slow: snapshots took no time")

    def seconds_of_snapshots(self):
        return sum(value for _, value in self.exporter.scrape().find("model_drift_exporter_snapshot_seconds_sum"))

    def restart(self):
        self.compare("before a restart")
        self.exporter.stop()
        self.exporter.start()
        self.compare("after a restart")

    def kill(self):
        """Counters start at zero after a crash, as Prometheus expects it; the windows have to be there, but for one interval."""
        killed = time.monotonic()
        self.exporter.kill()
        self.gate.set(False)
        sent = self.collect()
        at_least = self.in_window + self.watcher.rows_before(killed - SNAPSHOT_SECONDS - self.options.slack)
        at_most = self.in_window + sent.rows + MOST_ROWS * sum(sender.unanswered for sender in self.senders)
        self.exporter.start()
        self.before = self.exporter.scrape()
        self.problems += [f"after a kill: {problem}" for problem in inconsistencies(self.before)]
        if self.before.received():
            self.problems.append(f"after a kill: {self.before.received()} payloads received before any was sent")
        restored = self.window_rows()
        if not at_least <= restored <= at_most:
            self.problems.append(f"after a kill: {restored} rows in the window, at least {at_least} had to be, at most {at_most}")
        loss = max(0, self.in_window + sent.rows - restored)
        self.lost, self.largest_loss = self.lost + loss, max(self.largest_loss, loss)
        self.forget()
        self.in_window = restored
        for sender in self.senders:
            sender.desk.forget()

    def window_rows(self):
        """The rows of the longest window, once the first evaluation has told them."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            rows = self.exporter.scrape().find("model_window_rows", model="soak", window="1h")
            if rows:
                return int(rows[0][1])
            time.sleep(0.1)
        self.problems.append("after a kill: no evaluation within a minute")
        return 0

    def collect(self):
        sent = Tally()
        for sender in self.senders:
            sent += sender.tally
        return sent

    def forget(self):
        """Starts the next page of the books."""
        sent = self.collect()
        self.payloads, self.rows, self.in_window = self.payloads + sent.answered, self.rows + sent.rows, self.in_window + sent.rows
        self.outcomes += sum(sent.fates.values())
        for sender in self.senders:
            sender.tally, sender.unanswered = Tally(), 0
            sender.hang_up()  # a connection that rests may be closed by the other side
        self.watcher.counted.clear()

    def compare(self, when):
        self.gate.set(False)
        sent = self.collect()
        after = self.at_rest(self.before.received() + sent.answered)
        problems = differences(sent, self.before, after) + inconsistencies(after)
        problems += Books(after).differences(sent, Books(self.before))
        unanswered = sum(sender.unanswered for sender in self.senders)
        if unanswered:
            problems.append(f"{unanswered} payloads were not answered")
        self.problems += [f"{when}: {problem}" for problem in problems]
        self.before = after
        self.forget()

    def at_rest(self, received):
        """The books once nothing waits any more; after a minute, whatever they say then."""
        deadline = time.monotonic() + 60
        while True:
            scrape = self.exporter.scrape()
            if scrape.received() >= received and scrape.received() == sum(scrape.outcomes().values()) or time.monotonic() > deadline:
                return self.exporter.scrape()  # a scrape reads one counter after the other, this one when all had stopped
            time.sleep(0.05)

    def report(self, calm, started):
        seconds = time.monotonic() - started
        faults = ", ".join(f"{count} × {name.replace('_', ' ')}" for name, count in sorted(self.faults.items()))
        print(f"seed {self.options.seed}, {seconds:.0f} s: {self.payloads:,} payloads answered, {self.rows:,} rows, {self.watcher.scrapes:,} scrapes")
        print(f"faults: {faults}")
        print(self.table_row(seconds))
        print(f"lost from the windows by kill -9: {self.lost:,} rows in all, {self.largest_loss:,} in the worst case (snapshots every {SNAPSHOT_SECONDS} s)")
        self.check_growth([sample for sample in self.watcher.samples if sample[0] > calm])
        for problem in self.problems:
            print(f"PROBLEM {problem}")
        print(f"the exporter's log ends with:\n{self.exporter.tail()}" if self.problems else "the books balance")

    def table_row(self, seconds):
        """For the table of docs/operations.md."""
        kills, faults = self.faults["kill"], sum(self.faults.values())
        return (f"| {time.strftime('%Y-%m-%d')} | {seconds / 60:.0f} min | {self.payloads:,} | {self.rows:,} | {self.outcomes:,} | {faults} | {kills} "
                f"| {self.lost:,}, at most {self.largest_loss:,} by one |")

    def check_growth(self, samples):
        """Compares the first and the last third of the time without kills, once the process is old enough: while Java compiles
        what it runs, memory grows. Where too little time is left for that, as in a short soak, it may grow by what compilers take."""
        compiled = [sample for sample in samples if sample[0] > self.exporter.started + WARM_UP_SECONDS]
        samples, growth = (compiled, 20) if len(compiled) > len(samples) / 2 else (samples, 80)
        third = len(samples) // 3
        if third < 10:
            return
        first, last = samples[:third], samples[-third:]
        for what, index, allowed in (("resident memory, MB", 1, growth), ("open files", 2, 10)):
            early, late = (statistics.median(sample[index] for sample in part) for part in (first, last))
            print(f"{what}: {early:.0f} early, {late:.0f} late, {max(sample[index] for sample in samples):.0f} at most")
            if late > early + allowed:
                self.problems.append(f"{what} grew from {early:.0f} to {late:.0f}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10 ** 6))
    parser.add_argument("--senders", type=int, default=4)
    parser.add_argument("--heap", default="96m", help="largest heap of the exporter")
    parser.add_argument("--slack", type=float, default=5, help="seconds that writing a snapshot may take on this machine when it is busy")
    parser.add_argument("--jar", type=Path, default=ROOT / "target/model-drift-exporter.jar")
    options = parser.parse_args()
    if not options.jar.exists():
        raise SystemExit(f"{options.jar} is missing: make build")
    with tempfile.TemporaryDirectory() as directory:
        return 0 if Soak(options, Path(directory)).run() else 1


if __name__ == "__main__":
    sys.exit(main())
