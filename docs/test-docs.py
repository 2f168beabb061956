#!/usr/bin/env python3
"""Runs the commands of the documentation, so that what a reader copies and pastes works.

    docs/test-docs.py [FILE.md ...]        default: every page of the repository

The commands of README.md, CONTRIBUTING.md and docs/ are run. Those of all other pages are parsed: shell by `bash -n`, with every `make` target
and every script that it names; JSON and YAML by their parsers (on all pages).

Every ```bash or ```sh block is run, in order, by one `bash -euo pipefail` per block. A block fails the test if it ends with
another status than 0. A ```text block right after it says what it prints: each of its lines must occur in the output,
in that order, and `…` stands for anything.

Each file gets a scratch directory that looks like the root of the repository, so that files that the commands write do
not stay. A block that talks to the documented port while nothing of the page's own is running gets an exporter without
configuration, which later blocks of the page go on using.

A comment on the line above a block changes how it is run:

    <!-- docs-test: until URL -->      runs until stopped: wait for URL to answer, then leave it in the background. It is
                                       stopped, as by Ctrl-C, at the end of the page, or before the next block that is
                                       waited for at the same host and port.
    <!-- docs-test: until URL has TEXT -->  the same, but waits until the answer has TEXT in it, too
    <!-- docs-test: file NAME -->      above a block of any language: is the content of that file, for later blocks
    <!-- docs-test: status N -->       ends with this status instead of 0
    <!-- docs-test: skip REASON -->    is not run; the reason is printed
    <!-- docs-test: parse REASON -->   is parsed as on the other pages, but not run
    <!-- docs-test: excerpt -->        above JSON or YAML: is not complete, so that no parser takes it

Links to other files of the repository, and to headings in them, must lead somewhere, on every page.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[1]
JAR = ROOT / "exporter/target/model-drift-exporter.jar"
PORT = 10193
ADDRESS = f"http://localhost:{PORT}"
BLOCK_SECONDS = 300
START_SECONDS = 240
STOP_SECONDS = 60

FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*) *$")
REMARK = re.compile(r"^ *<!-- docs-test: (?P<word>\w+) ?(?P<rest>.*?) *-->$")


TARGET = re.compile(r"^([a-z0-9-]+):", re.MULTILINE)
MAKE = re.compile(r"\bmake\s+(?:-C\s+(?P<folder>\S+)\s+)?(?P<target>[a-z][a-z0-9-]*)")
SCRIPT = re.compile(r"^\s*(?P<path>[\w.-]+(?:/[\w.-]+)+)(?=\s|$)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:)(?P<file>[^)#\s]*)(?:#(?P<heading>[^)\s]+))?\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


class Failure(Exception):
    """A command did not do what the page says."""


class Block:
    def __init__(self, path, line, text, word, rest):
        self.place = f"{path.relative_to(ROOT)}:{line}"
        self.text = text
        self.word = word
        self.rest = rest
        self.expected = []

    def title(self):
        first = self.text.strip().splitlines()[0]
        return first if len(first) <= 70 else first[:69] + "…"


def blocks_of(path):
    """Returns the blocks of a page that matter, each with what follows it as expected output."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found, remark, last, i = [], None, None, 0
    while i < len(lines):
        fence = FENCE.match(lines[i])
        if not fence:
            if lines[i].strip():
                matched = REMARK.match(lines[i])
                remark = matched if matched else None
                last = None
            i += 1
            continue
        start = i + 1
        end = next(j for j in range(start, len(lines)) if lines[j].strip() == "```")
        indent = len(fence["indent"])
        text = "\n".join(line[indent:] for line in lines[start:end])
        if remark and remark["word"] == "file":
            found.append(Block(path, start, text, remark["word"], remark["rest"]))
        elif fence["language"] in ("bash", "sh"):
            last = Block(path, start, text, remark["word"] if remark else "", remark["rest"] if remark else "")
            found.append(last)
        elif fence["language"] == "text" and last:
            last.expected = text.splitlines()
            last = None
        else:
            last = None
        remark = None
        i = end + 1
    return found


def check_syntax(path):
    """Every block that is not run, and all JSON and YAML."""
    for block in code_of(path):
        if block.language in ("bash", "sh"):
            check_shell(path, block)
        elif block.word == "excerpt":
            continue
        elif block.language == "json":
            parse(block, json.loads)
        elif block.language in ("yaml", "yml"):
            parse(block, lambda text: list(yaml.safe_load_all(text)))


def parse(block, parser):
    try:
        parser(block.text)
    except ValueError as problem:
        raise Failure(f"{block.place}: {problem}") from None
    except yaml.YAMLError as problem:
        raise Failure(f"{block.place}: {problem}") from None


def check_shell(path, block):
    result = subprocess.run(["bash", "-n", "-c", block.text], capture_output=True, text=True)
    if result.returncode:
        raise Failure(f"{block.place}: {result.stderr}")
    for command in MAKE.finditer(re.sub(r"#.*", "", block.text)):
        makefiles = [folder / "Makefile" for folder in (ROOT / (command["folder"] or ""), path.parent) if (folder / "Makefile").exists()]
        if not any(command["target"] in TARGET.findall(makefile.read_text()) for makefile in makefiles):
            raise Failure(f"{block.place}: there is no target for {command[0]}")
    for script in SCRIPT.finditer(block.text):
        if not any((folder / script["path"]).exists() for folder in (ROOT, path.parent)):
            raise Failure(f"{block.place}: there is no {script['path']}")


def code_of(path):
    """All blocks with a language, for their syntax."""
    lines, found, remark, start = path.read_text(encoding="utf-8").splitlines(), [], None, None
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if start is not None:
            if line.strip() == "```":
                opened = FENCE.match(lines[start])
                text = "\n".join(each[len(opened["indent"]):] for each in lines[start + 1:number])
                block = Block(path, start + 1, text, remark["word"] if remark else "", "")
                block.language = opened["language"]
                found.append(block)
                start, remark = None, None
        elif fence:
            start = number
        elif line.strip():
            remark = REMARK.match(line)
    return found


def check_links(path):
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    for link in LINK.finditer(text):
        target = (path.parent / link["file"]).resolve() if link["file"] else path
        if not target.exists():
            raise Failure(f"{path.relative_to(ROOT)}: link to {link['file']}, which does not exist")
        if link["heading"] and link["heading"] not in anchors_of(target):
            raise Failure(f"{path.relative_to(ROOT)}: link to {link[0][2:-1]}, which has no such heading")


def anchors_of(path):
    """The names that a heading gets on GitHub: lower case, spaces become hyphens, other signs go."""
    headings = HEADING.findall(FENCED.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


class Running:
    """A process group that goes on in the background, with its output in a file."""

    def __init__(self, command, directory, log):
        self.log = log
        self.process = subprocess.Popen(
            command, cwd=directory, stdout=log.open("wb"), stderr=subprocess.STDOUT, start_new_session=True
        )

    def wait_for(self, url, text, place):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Failure(f"{place}: ended with status {self.process.returncode}\n{self.output()}")
            if text in (answer_of(url) or "") if text else answer_of(url) is not None:
                return
            time.sleep(0.3)
        raise Failure(f"{place}: {url} did not answer{' with ' + text if text else ''}\n{self.output()}")

    def stop(self):
        """Interrupts the group as Ctrl-C in a terminal would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise Failure(f"did not stop within {STOP_SECONDS} s of Ctrl-C\n{self.output()}") from None

    def output(self):
        return self.log.read_text(encoding="utf-8", errors="replace")


def answer_of(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.read().decode("utf-8", errors="replace")
    except (urllib.error.URLError, OSError):
        return None


def check_output(block, output):
    position = 0
    for line in block.expected:
        pattern = ".*".join(re.escape(part.strip(" ")) for part in line.split("…"))
        matched = re.compile(pattern).search(output, position)
        if not matched:
            raise Failure(f"{block.place}: expected in the output: {line}\n--- output\n{output}")
        position = matched.end()


class Page:
    def __init__(self, path, scratch):
        self.path = path
        self.scratch = scratch
        self.running = {}
        self.started = 0

    def run(self):
        blocks = blocks_of(self.path)
        try:
            for block in blocks:
                began = time.monotonic()
                outcome = self.run_block(block)
                print(f"  {outcome:<7} {time.monotonic() - began:5.1f} s  {block.place}  {block.title()}", flush=True)
        finally:
            while self.running:
                self.running.popitem()[1].stop()
        return len(blocks)

    def run_block(self, block):
        if block.word == "parse":
            return "parsed"  # with the others, before anything is run
        if block.word == "skip":
            print(f"          not run: {block.rest}")
            return "skipped"
        if block.word == "file":
            (self.scratch / block.rest).write_text(block.text + "\n", encoding="utf-8")
            return "written"
        if block.word == "until":
            url, _, text = block.rest.partition(" has ")
            running = self.start(["bash", "-euo", "pipefail", "-c", block.text], url, text, block.place)
            check_output(block, running.output())
            return "runs"
        if f":{PORT}" in block.text and host_of(ADDRESS) not in self.running:
            if not JAR.exists():
                raise Failure(f"{block.place}: needs {JAR.relative_to(ROOT)}; run `make build` first")
            self.start(["java", "-jar", str(JAR), "serve"], ADDRESS + "/-/ready", "", block.place)
        self.run_to_the_end(block)
        return "ok"

    def run_to_the_end(self, block):
        process = subprocess.Popen(
            ["bash", "-euo", "pipefail", "-c", block.text],
            cwd=self.scratch,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            output = process.communicate(timeout=BLOCK_SECONDS)[0].decode("utf-8", errors="replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise Failure(f"{block.place}: still running after {BLOCK_SECONDS} s") from None
        wanted = int(block.rest) if block.word == "status" else 0
        if process.returncode != wanted:
            raise Failure(f"{block.place}: ended with status {process.returncode}, expected {wanted}\n{output}")
        check_output(block, output)

    def start(self, command, url, text, place):
        earlier = self.running.pop(host_of(url), None)
        if earlier:
            earlier.stop()
        if answer_of(url) is not None:
            raise Failure(f"{place}: something already answers at {url}; stop it first")
        self.started += 1
        running = Running(command, self.scratch, self.scratch / f".docs-test-{self.started}.log")
        self.running[host_of(url)] = running
        running.wait_for(url, text, place)
        return running


def host_of(url):
    return urllib.parse.urlsplit(url).netloc


def scratch_of(directory):
    """A directory with a link to everything in the root, so that relative paths work and nothing is left behind."""
    scratch = pathlib.Path(directory)
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (scratch / entry.name).symlink_to(entry)
    return scratch


def all_pages():
    """(pages whose commands are run, pages whose commands are parsed)"""
    tracked = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, check=True,
                             capture_output=True, text=True)
    pages = [ROOT / name for name in sorted(filter(None, tracked.stdout.split("\0")))]
    run = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(page for page in pages if page.parent == ROOT / "docs")]
    return run, [page for page in pages if page not in run]


def main(arguments):
    run, parsed = ([pathlib.Path(name).resolve() for name in arguments], []) if arguments else all_pages()
    total = 0
    try:
        for page in [*run, *parsed]:
            check_links(page)
            check_syntax(page)
        for page in run:
            print(page.relative_to(ROOT), flush=True)
            with tempfile.TemporaryDirectory(prefix="docs-test-") as directory:
                total += Page(page, scratch_of(directory)).run()
    except Failure as failure:
        print(f"  FAILED  {failure}", file=sys.stderr)
        return 1
    print(f"{total} blocks in {len(run)} pages, and {len(parsed)} more pages parsed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
