"""One version, everywhere; and what goes with a jar."""
import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from stack import ROOT
from test_compose import version

REPEATED = ("pom.xml", "exporter/pom.xml", "alert-rules/pom.xml", "dashboards/pom.xml", "dashboards/package.json", "dashboards/package-lock.json",
            "docker-compose.yml", "exporter/deploy")


def versions(root):
    """Where the version is repeated -> what is there."""
    found = {}
    for module in ("exporter", "alert-rules", "dashboards"):
        found[module] = re.search(r"<parent>.*?<version>(.*?)</version>", (root / module / "pom.xml").read_text(), re.DOTALL)[1]
    found["package.json"] = json.loads((root / "dashboards/package.json").read_text())["version"]
    lock = json.loads((root / "dashboards/package-lock.json").read_text())
    found["package-lock.json"], found["package-lock.json, root"] = lock["version"], lock["packages"][""]["version"]
    found["Dockerfile"] = re.search(r"ARG VERSION=(.*)", (root / "exporter/deploy/Dockerfile").read_text())[1]
    for file in (root / "docker-compose.yml", *(root / "exporter/deploy/kubernetes").glob("*.yaml"), root / "exporter/deploy/README.md"):
        for image, number in re.findall(r"(model-drift-[a-z]+):(\d[\w.-]*\w)", file.read_text()):
            found[f"{file.name}, {image}"] = number
    return found


class VersionTest(unittest.TestCase):
    def test_version_isTheSameEverywhere(self):
        self.assertEqual({version()}, set(versions(ROOT).values()), versions(ROOT))
        self.assertIn(f"## {version()}", (ROOT / "CHANGELOG.md").read_text())

    def test_setVersion_changesItEverywhere(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            for each in REPEATED:
                (copy / each).parent.mkdir(parents=True, exist_ok=True)
                (shutil.copytree if (ROOT / each).is_dir() else shutil.copy2)(ROOT / each, copy / each)
            (copy / "docs").mkdir()
            subprocess.run([copy / "exporter/deploy/set-version", "7.8.9"], check=True, capture_output=True)
            self.assertEqual({"7.8.9"}, set(versions(copy).values()), versions(copy))
            self.assertIn("version: 7.8.9\nappVersion: 7.8.9\n", (copy / "exporter/deploy/helm/model-drift-exporter/Chart.yaml").read_text())
            changed = (copy / "dashboards/package-lock.json").read_text().count("7.8.9")
            self.assertEqual(2, changed, "no dependency's version")


class LibrariesTest(unittest.TestCase):
    def test_everyLibrary_isInTheBillOfMaterials_withALicenceThatIsAllowed(self):
        result = subprocess.run(["mvn", "-B", "-ntp", "-q", "-pl", "exporter", "-Prelease", "license:add-third-party@licences",
                                 "org.cyclonedx:cyclonedx-maven-plugin:makeBom@bill-of-materials"], cwd=ROOT, capture_output=True, text=True)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        bom = json.loads((ROOT / "exporter/target/model-drift-exporter-sbom.json").read_text())
        self.assertEqual(("CycloneDX", version()), (bom["bomFormat"], bom["metadata"]["component"]["version"]))
        listed = {f"{each['group']}:{each['name']}:{each['version']}" for each in bom["components"]}
        licensed = set(re.findall(r"\(([\w.-]+:[\w.-]+:[\w.-]+) - ", (ROOT / "exporter/target/THIRD-PARTY.txt").read_text()))
        self.assertIn("io.javalin:javalin", {each.rpartition(":")[0] for each in listed})
        self.assertEqual(listed, licensed)


if __name__ == "__main__":
    unittest.main()
