"""Runs promtool, amtool and the servers of both supported versions."""
import os
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = [ROOT / "rules/model-drift-recording.yml", ROOT / "rules/model-drift-alerts.yml"]


def tool_directories():
    """Name -> directory ("" = on the PATH). RULES_INSTALLED_ONLY=1 leaves the newer versions out, for a machine without a mirror."""
    directories = {"installed": ""}
    if os.environ.get("RULES_INSTALLED_ONLY") != "1":
        fetched = subprocess.run([ROOT / "tools/fetch-newer.sh"], capture_output=True, text=True)
        if fetched.returncode:
            raise RuntimeError("cannot fetch the newer Prometheus (RULES_INSTALLED_ONLY=1 does without):\n" + fetched.stderr)
        directories["newer"] = fetched.stdout.strip() + "/"
    return directories


class BothVersions(unittest.TestCase):
    """Tests that run once per supported version."""

    @classmethod
    def setUpClass(cls):
        cls.directories = tool_directories()

    def passes(self, tool, *arguments):
        for name, directory in self.directories.items():
            with self.subTest(version=name):
                result = run(directory + tool, *arguments)
                if result.returncode:
                    self.fail(result.stdout + result.stderr)


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=600, **options)
