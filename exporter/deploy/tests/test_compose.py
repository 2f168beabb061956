"""docker-compose.yml as far as it can be judged without Docker: form, schema, references, hardening, and what goes into the images."""
import fnmatch
import json
import re
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree
from pathlib import Path

import jsonschema
import yaml

from stack import PORTS, ROOT, builders, compose, dockerfile_of

COMPOSE = Path(__file__).resolve().parent.parent / "compose"
sys.path.insert(0, str(COMPOSE))
import fast_motion  # noqa: E402

OURS = "model-drift-"


def version():
    return xml.etree.ElementTree.parse(ROOT / "pom.xml").getroot().find("{*}version").text


def services():
    return compose()["services"].items()


def dockerfiles():
    return sorted({dockerfile_of(service) for _, service in services() if "build" in service})


class ComposeTest(unittest.TestCase):
    def each_service(self):
        for name, service in services():
            with self.subTest(service=name):
                yield name, service

    def test_file_isUnderstoodByDockerCompose(self):
        program = shutil.which("docker-compose")
        self.assertIsNotNone(program, "install what .ci/packages.txt lists")
        result = subprocess.run([program, "-f", ROOT / "docker-compose.yml", "config", "-q"], capture_output=True, text=True)
        self.assertEqual((0, ""), (result.returncode, result.stderr))

    def test_file_fitsTheSchemaOfTheSpecification(self):
        schema = json.loads((Path(__file__).parent / "schemas/compose-spec.json").read_text())
        validator = jsonschema.Draft201909Validator(schema)
        validator.validate(compose())
        broken = compose()
        broken["services"]["exporter"]["read-only"] = True
        self.assertRaises(jsonschema.ValidationError, validator.validate, broken)

    def test_mountedFiles_exist(self):
        volumes = compose()["volumes"]
        for _, service in self.each_service():
            for each in service.get("volumes", []):
                source = each.split(":")[0]
                self.assertTrue((ROOT / source).exists() if source.startswith(".") else source in volumes, each)

    def test_mountedFiles_areReadOnly(self):
        for _, service in self.each_service():
            for each in service.get("volumes", []):
                self.assertTrue(each.endswith(":ro") or not each.startswith("."), each)

    def test_services_areConfined(self):
        for _, service in self.each_service():
            self.assertTrue(service["read_only"])
            self.assertEqual(["ALL"], service["cap_drop"])
            self.assertEqual(["no-new-privileges:true"], service["security_opt"])
            self.assertTrue(all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), "for this machine only")

    def test_services_doNotRunAsRoot(self):
        for _, service in self.each_service():
            user = service.get("user")
            if user is None:
                user = re.findall(r"^USER (\S+)$", dockerfile_of(service).read_text(), re.MULTILINE)[-1]
            self.assertRegex(user, r"^[1-9]\d*:\d+$")

    def test_services_areWatched(self):
        for _, service in self.each_service():
            check = service.get("healthcheck") or ("HEALTHCHECK" in dockerfile_of(service).read_text())
            self.assertTrue(check)

    def test_images_arePinned(self):
        images = [service["image"] for _, service in services()]
        for file in dockerfiles():
            stages = re.findall(r"^FROM \S+ AS (\S+)", file.read_text(), re.MULTILINE)
            images += [image for image in re.findall(r"^FROM (\S+)", file.read_text(), re.MULTILINE) if image not in stages]
        for image in images:
            with self.subTest(image=image):
                self.assertRegex(image, r":v?\d+(\.\d+)+[\w.-]*$")

    def test_ourImages_haveTheVersionOfTheProject(self):
        for _, service in self.each_service():
            if service["image"].startswith(OURS):
                self.assertEqual(version(), service["image"].split(":")[1])

    def test_ourImages_areBuiltByOneServiceEach_andNeverPulled(self):
        for _, service in self.each_service():
            if service["image"].startswith(OURS):
                self.assertEqual(1, len(builders(service)), "the builds would run at once and export the same name")
                self.assertEqual("never", service.get("pull_policy"))

    def test_servicesOnAnothersImage_dependOnItsBuilder(self):
        """So that `docker compose up inbox` builds what it needs."""
        every = dict(services())

        def needs(name):
            return {name}.union(*map(needs, every[name].get("depends_on", ())))

        for name, service in self.each_service():
            if service["image"].startswith(OURS):
                builder, = (each for each, other in every.items() if other in builders(service))
                self.assertIn(builder, needs(name))

    def test_addresses_areThoseOfServices(self):
        known = set(dict(services())) | {alias for _, service in services() for network in (service.get("networks") or {}).values() for alias in network["aliases"]}
        texts = [path.read_text() for path in COMPOSE.glob("*.yml")]
        texts += [(ROOT / "dashboards/provisioning/datasources/prometheus.yaml").read_text(), json.dumps(compose())]
        for host, port in re.findall(r'(?:https?://|")([a-z][\w-]*):(\d{4,5})\b', "\n".join(texts)):
            with self.subTest(address=f"{host}:{port}"):
                self.assertIn(host, known | {"localhost"})
                self.assertIn(int(port), {*PORTS, 3000})

    def test_rulesAndRouting_areThoseOfAlertRulesInFastMotion(self):
        for path, text in fast_motion.generated().items():
            with self.subTest(path=path):
                self.assertEqual(text, (COMPOSE / path).read_text(), "run `make generate` in alert-rules and commit the result")

    def test_windows_areTheSameInExporterAndRules(self):
        self.assertEqual(list(fast_motion.WINDOWS), yaml.safe_load((COMPOSE / "exporter.yaml").read_text())["windows"])


class DockerfilesTest(unittest.TestCase):
    def test_copiedFiles_exist(self):
        for file in dockerfiles():
            text = file.read_text().replace("\\\n", " ")
            for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
                for source in sources.split():
                    with self.subTest(file=file.parent.name, source=source):
                        self.assertTrue((ROOT / source).exists())
                        self.assertTrue(self.is_sent(source), "not excluded by .dockerignore")

    @staticmethod
    def is_sent(path):
        sent = True
        for rule in filter(lambda line: line and not line.startswith("#"), (ROOT / ".dockerignore").read_text().splitlines()):
            pattern = rule.lstrip("!")
            if pattern == "**" or fnmatch.fnmatch(path, pattern) or path.startswith(pattern + "/"):
                sent = rule.startswith("!")
        return sent

    def test_copiesFromStages_nameAStage(self):
        for file in dockerfiles():
            stages = re.findall(r"^FROM \S+ AS (\S+)", file.read_text(), re.MULTILINE)
            for stage in re.findall(r"^COPY --from=(\S+)", file.read_text(), re.MULTILINE):
                with self.subTest(file=file.parent.name):
                    self.assertIn(stage, stages)


if __name__ == "__main__":
    unittest.main()
